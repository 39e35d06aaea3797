package io.taskauth.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import io.taskauth.TaskAuth;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.webhook.HttpWebhookSender;
import io.taskauth.webhook.Webhook.Draft;
import io.taskauth.webhook.WebhookEvent;
import io.taskauth.webhook.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/webhooks.md, run: what is published arrives, once and verified. */
class WebhookReceiverExampleTest {
  private final AuthStore store = new InMemoryAuthStore();
  private final String secretKey = "an example of a secret that is long enough";
  private final BlockingQueue<String> work = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/taskauth");
  }

  private void receive(String secret) throws EmptyWebhookSecretException {
    // docs:begin receiver
    Webhook webhook = new Webhook(secret);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    server.createContext(
        "/taskauth",
        request -> {
          String body = new String(request.getRequestBody().readAllBytes(), UTF_8);
          int status = 204;
          try {
            webhook.verify(body, request.getRequestHeaders());
            if (seen.add(request.getRequestHeaders().getFirst("webhook-id"))) {
              work.add(body);
            }
          } catch (WebhookVerificationException e) {
            status = 401;
          }
          request.sendResponseHeaders(status, -1);
          request.close();
        });
    // docs:end receiver
  }

  private static Webhooks.Outcome subscribe(Webhooks webhooks, URI receiver) {
    return webhooks.create(null, Draft.to(receiver), ClientInfo.LOCAL);
  }

  @Test
  void whatIsPublishedArrives() throws Exception {
    try (TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secretKey)
            .webhooks(HttpWebhookSender.create(true), "task.failed")
            .build()) {
      Webhooks.Outcome.Made made =
          (Webhooks.Outcome.Made) subscribe(auth.webhooks().orElseThrow(), address());
      receive(made.secret().reveal());
      // docs:begin publish
      WebhookEvent event =
          new WebhookEvent(
              auth.ids().uuidV7(),
              "task.failed",
              auth.clock().instant(),
              "nightly-report",
              Map.of("task", "nightly-report", "error", "The disk is full."));
      auth.webhooks().ifPresent(webhooks -> webhooks.publish(event));
      // docs:end publish
      // It is for all events, so it hears of its own beginning too.
      assertThat(List.of(next(), next()))
          .anySatisfy(body -> assertThat(body).contains("\"type\":\"auth.webhook_created\""))
          .anySatisfy(
              body ->
                  assertThat(body)
                      .startsWith("{\"type\":\"task.failed\",\"timestamp\":\"")
                      .contains("\"data\":{", "\"error\":\"The disk is full.\""));
      assertThat(work).isEmpty();
    }
  }

  private String next() throws InterruptedException {
    String body = work.poll(20, TimeUnit.SECONDS);
    assertThat(body).as("nothing has arrived").isNotNull();
    return body;
  }

  @Test
  void whatSomebodyElseSendsIsRefused() throws Exception {
    receive("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    HttpRequest forged =
        HttpRequest.newBuilder(address())
            .header("webhook-id", "msg_1")
            .header("webhook-timestamp", String.valueOf(System.currentTimeMillis() / 1000))
            .header("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(forged, BodyHandlers.discarding()).statusCode())
        .isEqualTo(401);
    assertThat(work).isEmpty();
  }

  @Test
  void aPrivateAddressIsRefused() {
    // docs:begin webhooks
    TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secretKey)
            .webhooks(HttpWebhookSender.create(false), "task.failed")
            .build();
    // docs:end webhooks
    assertThat(subscribe(auth.webhooks().orElseThrow(), address()))
        .isEqualTo(new Webhooks.Outcome.Invalid("url", "The host leads to a private address."));
    auth.close();
  }
}

package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskauth.server.web.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process that ends in the middle of it, as kill -9 ends one, loses nothing that it accepted. */
class KilledServerTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "TASKAUTH_ADMIN_USER",
          "root",
          "TASKAUTH_ADMIN_PASSWORD",
          RunningServer.PASSWORD,
          "TASKAUTH_WEBHOOKS_ALLOW_PRIVATE",
          "true",
          "TASKAUTH_WATCHER",
          "off");

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private volatile int status = 503;
  private String token = "";

  @Test
  void deliveryThatWasAcceptedIsMadeByTheNextProcessUnderTheSameId() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    String first;
    try (ServerProcess server = ServerProcess.start(directory, SETTINGS)) {
      String address = server.address();
      token = ask(address, "", "/api/auth/token", credentials()).path("access_token").asString();
      String webhook =
          ask(
                  address,
                  token,
                  "/api/webhooks",
                  Json.text(
                      Map.of(
                          "url",
                          "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                          "events",
                          new String[] {"task.failed"},
                          "timeout_seconds",
                          1)))
              .path("id")
              .asString();
      JsonNode accepted = ask(address, token, "/api/webhooks/" + webhook + "/test", "{}");
      assertThat(accepted.path("delivery_id").asString()).isNotEmpty();
      first = messages.poll(20, TimeUnit.SECONDS);
      // Whether it had the time to note what came of the attempt does not matter.
      server.kill();
    } finally {
      status = 200;
    }
    try (ServerProcess server = ServerProcess.start(directory, SETTINGS)) {
      assertThat(server.address()).startsWith("http");

      assertThat(first).startsWith("msg_");
      assertThat(messages.poll(60, TimeUnit.SECONDS)).isEqualTo(first);
    } finally {
      receiver.stop(0);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
      messages.add(exchange.getRequestHeaders().getFirst("webhook-id"));
    }
  }

  private static String credentials() {
    return Json.text(Map.of("username", "root", "password", RunningServer.PASSWORD));
  }

  private JsonNode ask(String address, String bearer, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, UTF_8));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    String answer = client.send(request.build(), BodyHandlers.ofString()).body();
    return Json.read(answer).orElseThrow(() -> new AssertionError(answer));
  }
}

package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.taskauth.mail.Certificates;
import io.taskauth.webhook.WebhookSender.Answer;
import io.taskauth.webhook.WebhookSender.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The name in the URL is what TLS is about, wherever it leads. */
class WebhookTlsTest {
  private static final SSLContext HOOKS = Certificates.contextFor("hooks.example");
  private static final Answer NOT_SECURE =
      new Answer.Failed(
          "There was no secure connection: the certificate is not trusted, is for another host,"
              + " or TLS failed.");

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(HOOKS));
    server.createContext(
        "/",
        exchange -> {
          var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          for (SNIServerName name : session.getRequestedServerNames()) {
            heard.add("SNI " + new String(name.getEncoded(), UTF_8));
          }
          heard.add("Host " + exchange.getRequestHeaders().getFirst("Host"));
          heard.add("body " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Answer sendTo(String host, SSLContext trust) {
    try (HttpWebhookSender sender =
        new HttpWebhookSender(true, name -> List.of(InetAddress.getByName("127.0.0.1")), trust)) {
      URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/hook");
      return sender.send(new Request(url, Map.of(), "{}", Duration.ofSeconds(20)));
    }
  }

  @Test
  void serverHearsTheNameOfTheUrl() {
    assertThat(sendTo("Hooks.example", HOOKS)).isEqualTo(new Answer.Responded(200, "ok"));
    assertThat(heard)
        .containsExactly(
            "SNI hooks.example", "Host hooks.example:" + server.getAddress().getPort(), "body {}");
  }

  @Test
  void certificateForAnotherNameIsRefused() {
    assertThat(sendTo("other.example", HOOKS)).isEqualTo(NOT_SECURE);
    assertThat(sendTo("a.hooks.example", HOOKS)).isEqualTo(NOT_SECURE);
    assertThat(sendTo("localhost", HOOKS)).isEqualTo(NOT_SECURE);
    assertThat(sendTo("127.0.0.1", HOOKS)).isEqualTo(NOT_SECURE);
    assertThat(heard).isEmpty();
  }

  @Test
  void unknownCertificateIsRefused() throws Exception {
    assertThat(sendTo("hooks.example", SSLContext.getDefault())).isEqualTo(NOT_SECURE);
    assertThat(sendTo("hooks.example", Certificates.contextFor("hooks.example")))
        .isEqualTo(NOT_SECURE);
    assertThat(heard).isEmpty();
  }
}

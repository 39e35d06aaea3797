package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.servlet.LiveConnections;
import io.taskauth.servlet.TaskAuthPrincipal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can open a live connection, and that it ends with what opened it. */
class SocketTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void neitherACookieNorATokenOpensIt() throws Exception {
    refused("taskauth.v1", "Cookie", server.signIn("root"));
    refused("taskauth.v1", server.bearer("root"));
    refused("taskauth.v1");
    refused("taskauth.ticket.made-up");
    refused("taskauth.v1", "Authorization", "Bearer taskauth_internal_made-up");
  }

  @Test
  void aTicketOpensItOnce() throws Exception {
    String ticket = ticket(server.bearer("root"));
    WebSocket socket = open("?ticket=" + ticket);
    assertThat(socket.getSubprotocol()).isEqualTo("taskauth.v1");
    socket.abort();
    assertThatThrownBy(() -> open("?ticket=" + ticket))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void theInternalCredentialOpensIt() throws Exception {
    Map<String, String> environment = new HashMap<>();
    server.server().internalCredential().giveTo(environment);
    String credential = environment.get("TASKAUTH_INTERNAL_CREDENTIAL");
    try (LiveSocket socket = LiveSocket.openWith(server, "Authorization", "Bearer " + credential)) {
      assertThat(socket.call(1, "ping", "{}")).contains("pong");
      assertThat(socket.call(2, "tasks.subscribe", "{}")).contains("true");
      assertThat(socket.call(3, "tasks.run", "{\"name\":\"session-report\"}"))
          .contains("forbidden");
    }
  }

  @ParameterizedTest
  @CsvSource({"deactivated", "demoted", "signed out", "password"})
  void itEndsWithWhatOpenedIt(String how) throws Exception {
    String name = "user-" + how.replace(" ", "-");
    String[] user = server.newUser(name, "operator");
    String[] root = server.bearer("root");
    String account = "/api/auth/users/" + server.id(name);
    try (LiveSocket socket = LiveSocket.open(server, user);
        LiveStream stream = LiveStream.open(server, user)) {
      assertThat(socket.call(1, "ping", "{}")).contains("pong");
      stream.line();
      switch (how) {
        case "deactivated" -> server.postJson(account + "/deactivate", "", root);
        case "demoted" -> server.patchJson(account, "{\"role\":\"viewer\"}", root);
        case "signed out" -> server.postJson("/api/auth/logout", "", user);
        default ->
            server.postJson(
                account + "/set-password", "{\"new_password\":\"another horse, staple\"}", root);
      }
      assertThat(socket.closeCode()).isEqualTo(4401);
      assertThat(stream.rest()).endsWith("event: end\ndata: {\"reason\":\"credential_ended\"}\n\n");
    }
  }

  /** What docs/streams.md shows. */
  static void bind(TaskAuthPrincipal openedBy, Session session) {
    // docs:begin bindsocket
    LiveConnections.bind(
        openedBy, reason -> session.close(reason.closeCode(), reason.phrase(), Callback.NOOP));
    // docs:end bindsocket
  }

  private static String ticket(String... who) throws Exception {
    return RunningServer.member(server.postJson("/api/auth/ws-ticket", "", who), "ticket");
  }

  private static WebSocket open(String query) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols("taskauth.v1")
        .buildAsync(URI.create(LiveSocket.address(server) + query), new Ignore())
        .join();
  }

  private static final class Ignore implements WebSocket.Listener {}

  private static void refused(String protocol, String... headers) {
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().subprotocols(protocol);
    if (headers.length > 0) {
      builder.header(headers[0], headers[1]);
    }
    assertThatThrownBy(() -> builder.buildAsync(LiveSocket.address(server), new Ignore()).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }
}

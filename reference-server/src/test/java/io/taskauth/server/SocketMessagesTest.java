package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said over the socket, once it is open. */
class SocketMessagesTest {
  private static RunningServer server;
  private static String[] operator;
  private static String[] viewer;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
    operator = server.newUser("oscar", "operator");
    viewer = server.newUser("vera", "viewer");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itAnswersAndSpeaksItsOwnProtocolOnly() throws Exception {
    try (LiveSocket socket = LiveSocket.open(server, viewer)) {
      assertThat(socket.socket().getSubprotocol()).isEqualTo("taskauth.v1");
      assertThat(socket.call(1, "ping", "{}"))
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":\"pong\",\"id\":1}");
      assertThat(socket.call(2, "whoami", "{}")).contains("\"vera\"", "\"may_run_tasks\":false");
      socket.send("no json");
      assertThat(socket.next("-32700")).endsWith("\"id\":null}");
    }
  }

  @Test
  void rightsAreLookedAtForEachMessage() throws Exception {
    try (LiveSocket socket = LiveSocket.open(server, viewer)) {
      assertThat(socket.call(1, "tasks.run", "{\"name\":\"session-report\"}"))
          .contains("-32001", "\"error\":\"forbidden\"");
      assertThat(socket.call(2, "tasks.run", "{\"name\":\"nothing\"}")).contains("forbidden");
    }
  }

  @Test
  void aTokenThatMayOnlyReadStartsNothing() throws Exception {
    HttpResponse<String> login =
        server.postJson("/api/auth/login", RunningServer.credentials("oscar"));
    String cookie =
        login.headers().allValues("Set-Cookie").stream()
            .map(value -> value.substring(0, value.indexOf(';')))
            .reduce("", (all, one) -> all + "; " + one)
            .substring(2);
    String csrf = cookie.replaceFirst(".*taskauth_csrf=([^;]+).*", "$1");
    HttpResponse<String> made =
        server.postJson(
            "/api/auth/tokens",
            "{\"name\":\"reader\",\"scopes\":[\"read\"]}",
            "Cookie",
            cookie,
            "X-CSRF-Token",
            csrf);
    String[] reader = {"Authorization", "Bearer " + RunningServer.member(made, "token")};
    assertThat(server.postJson("/api/tasks/session-report/run", "", reader).statusCode())
        .isEqualTo(403);
    HttpResponse<String> ticket = server.postJson("/api/auth/ws-ticket", "", reader);
    if (ticket.statusCode() == 200 || ticket.statusCode() == 404) {
      try (LiveSocket socket = LiveSocket.open(server, reader)) {
        assertThat(socket.call(1, "tasks.run", "{\"name\":\"session-report\"}"))
            .contains("forbidden");
      }
    }
  }

  @Test
  void whoSubscribesHearsOfRuns() throws Exception {
    try (LiveSocket watching = LiveSocket.open(server, viewer);
        LiveSocket working = LiveSocket.open(server, operator)) {
      assertThat(watching.call(1, "tasks.subscribe", "{}")).contains("\"subscribed\":true");
      String started = working.call(1, "tasks.run", "{\"name\":\"session-report\",\"args\":{}}");
      String run = started.replaceFirst(".*\"run_id\":\"([^\"]+)\".*", "$1");
      assertThat(watching.next("succeeded"))
          .startsWith("{\"jsonrpc\":\"2.0\",\"method\":\"tasks.run_changed\",\"params\":{")
          .contains(run)
          .doesNotContain("last_used");
      assertThat(working.call(2, "ping", "{}")).contains("pong");
    }
  }

  @Test
  void whatMakesNoSenseIsSaid() throws Exception {
    try (LiveSocket socket = LiveSocket.open(server, operator)) {
      assertThat(socket.call(1, "tasks.run", "{\"name\":\"nothing\"}")).contains("-32004");
      assertThat(socket.call(2, "tasks.run", "[\"session-report\"]")).contains("-32602");
      assertThat(socket.call(3, "tasks.run", "{\"name\":7}")).contains("-32602");
      assertThat(socket.call(4, "tasks.run", "{\"name\":\"session-report\",\"arg\":{}}"))
          .contains("-32602");
      assertThat(socket.call(5, "tasks.run", "{\"name\":\"session-report\",\"args\":[]}"))
          .contains("-32602");
      assertThat(
              socket.call(
                  6, "tasks.run", "{\"name\":\"hash-calibration\",\"args\":{\"rounds\":0}}"))
          .contains("-32602");
    }
  }

  @Test
  void binaryAndOversizedMessagesEndIt() throws Exception {
    try (LiveSocket socket = LiveSocket.open(server, viewer)) {
      socket.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
      assertThat(socket.closeCode()).isEqualTo(1003);
    }
    try (LiveSocket socket = LiveSocket.open(server, viewer)) {
      socket.send(" ".repeat(70_000));
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void anOrdinaryRequestIsToldToUpgrade() throws Exception {
    HttpResponse<String> answer = server.get("/ws", viewer);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Upgrade: websocket");
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void whenTheServerStopsItSaysSoAndDoesNotWait() throws Exception {
    try (RunningServer own = RunningServer.start(RunningServer.ADMIN);
        LiveSocket socket = LiveSocket.open(own, own.bearer("root"))) {
      assertThat(socket.call(1, "ping", "{}")).contains("pong");
      long begin = System.nanoTime();
      own.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(socket.closeCode()).isEqualTo(1001);
    }
  }
}

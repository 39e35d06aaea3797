package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever answers, or does not: one line, and nothing that a terminal would obey. */
class HostileServerTest {
  @TempDir private Path home;

  private Person at(String url) {
    return new Person(home).with("TASKAUTH_SERVER", url).with("TASKAUTH_TOKEN", "a-token");
  }

  private Outcome whoami(Recorder server) {
    return at(server.url()).run("whoami");
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/html, <html>",
    "200, application/json, [1]",
    "200, application/json, '{\"user\": 1} x'",
    "200, application/json, '{\"a\": 1, \"a\": 2}'",
    "404, text/html, Not Found",
    "404, application/json, '{\"message\": \"no\"}'"
  })
  void whatIsNotTaskauthIsNamedSo(int status, String type, String body) throws Exception {
    try (Recorder server = Recorder.answering(status, type, body)) {
      whoami(server).failed("does not answer as taskauth does", server.url());
    }
  }

  @Test
  void aProxyInTroubleIsNotMistakenForAnotherServer() throws Exception {
    try (Recorder server = Recorder.answering(502, "text/html", "<html>")) {
      whoami(server).failed("HTTP 502", "try again later");
    }
  }

  @Test
  void anOutageSaysWhenToComeBack() throws Exception {
    try (Recorder server =
        Recorder.refusing(
            503, "store_unavailable", "The store is out.", Map.of("Retry-After", "180"))) {
      whoami(server).failed("The store is out. Try again in 3 minutes");
    }
    try (Recorder server =
        Recorder.refusing(429, "too_many_attempts", "No.", Map.of("Retry-After", "1\u00a0x"))) {
      whoami(server).failed("Try again later");
    }
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    try (Recorder server = Recorder.answering(200, "application/json", deep)) {
      whoami(server).failed("does not answer as taskauth does");
    }
  }

  @Test
  void anEndlessAnswerIsCutOff() throws Exception {
    String large = "{\"a\": \"" + "x".repeat(LimitedBody.LIMIT) + "\"}";
    try (Recorder server = Recorder.answering(200, "application/json", large)) {
      whoami(server).failed("larger than 4 MiB");
    }
  }

  @Test
  void nobodyThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    at("http://127.0.0.1:" + port).run("whoami").failed("refused");
    at("https://taskauth.invalid").run("whoami").failed("there is no host taskauth.invalid");
  }

  @Test
  void plainHttpWhereTlsIsExpected() throws Exception {
    try (TestServer server = TestServer.empty()) {
      at(server.url().replace("http:", "https:")).run("whoami").failed("no encrypted connection");
    }
  }

  @Test
  void escapeSequencesAreShownAndNotObeyed() throws Exception {
    String name = "Eve\u001b]0;owned\u0007\u202egnp.exe\u009b2J\n\tx";
    JsonObject me =
        new JsonObject()
            .with("user", new JsonObject().with("username", "eve").with("display_name", name))
            .with("via", "pat");
    String visible = "Eve\\u001b]0;owned\\u0007\\u202egnp.exe\\u009b2J\\u000a\\u0009x";
    try (Recorder server = Recorder.answering(200, "application/json", Json.compact(me))) {
      assertThat(whoami(server).succeeded().lines()).contains("name\t" + visible);
      assertThat(at(server.url()).at("o").run("whoami").succeeded().out()).contains(visible);
      Outcome json = at(server.url()).run("whoami", "--json").succeeded();
      assertThat(json.out()).doesNotContain("\u001b", "\u202e", "\u009b");
      assertThat(json.json().object("user").orElseThrow().text("display_name")).contains(name);
    }
    try (Recorder server = Recorder.refusing(403, "forbidden", name, Map.of())) {
      assertThat(whoami(server).failed().err()).doesNotContain("\u001b", "\u202e", "\u009b");
    }
  }

  @Test
  void debuggingShowsWhereButNoSecrets() throws Exception {
    try (Recorder server = Recorder.refusing(403, "forbidden", "Not you.", Map.of())) {
      Outcome debugged = at(server.url()).run("whoami", "--debug");

      assertThat(debugged.code()).isEqualTo(1);
      assertThat(debugged.err())
          .contains("GET " + server.url() + "/api/auth/whoami: 403", "at io.taskauth.cli")
          .doesNotContain("a-token");
    }
  }
}

package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token goes to the server that it was made for, and to no other. */
class RightServerTest {
  private static final String WHOAMI = "{\"user\": {\"username\": \"x\"}, \"via\": \"session\"}";

  private static TestServer server;
  @TempDir private Path home;
  private Person ada;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void arrive() {
    ada = new Person(home).signedIn(server, "ada");
  }

  @Test
  void aStoredTokenIsNotSentToAnotherServer() throws Exception {
    try (Recorder other = Recorder.answering(200, "application/json", WHOAMI)) {
      ada.run("whoami", "--server", other.url()).failed("not signed in to " + other.url());
      ada.with("TASKAUTH_SERVER", other.url());
      ada.run("whoami").failed("you are signed in to " + server.url());
      ada.with("TASKAUTH_SERVER", server.url() + "/elsewhere");
      ada.run("whoami").failed("not signed in");

      assertThat(other.paths()).isEmpty();
    }
    ada.with("TASKAUTH_SERVER", server.url().replace("http:", "HTTP:") + "/");
    ada.run("whoami").succeeded();
  }

  @Test
  void logoutGoesToTheServerOfTheSessionWhateverIsNamed() throws Exception {
    try (Recorder other = Recorder.answering(200, "application/json", "{\"ok\": true}")) {
      ada.with("TASKAUTH_SERVER", other.url());

      assertThat(ada.run("logout").succeeded().err()).contains(server.url());

      assertThat(other.paths()).isEmpty();
    }
  }

  @Test
  void aFailedSignInElsewhereLeavesTheOldOneAlone() throws Exception {
    try (Recorder other = Recorder.answering(200, "text/html", "<p>Hello</p>")) {
      ada.typing("ada", TestServer.PASSWORD)
          .run("login", "--server", other.url())
          .failed("does not answer as taskauth does");

      assertThat(other.authorizations()).isEmpty();
    }
    ada.run("whoami").succeeded();
  }

  @Test
  void theTokenOfTheEnvironmentGoesWhereTheEnvironmentSays() throws Exception {
    try (Recorder other = Recorder.answering(200, "application/json", WHOAMI)) {
      ada.with("TASKAUTH_SERVER", other.url()).with("TASKAUTH_TOKEN", "for-other");

      ada.run("whoami").succeeded();

      assertThat(other.authorizations()).containsExactly("Bearer for-other");
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (Recorder target = Recorder.answering(200, "application/json", WHOAMI);
        Recorder middle = Recorder.sendingOnTo(target.url() + "/api/auth/whoami")) {
      ada.with("TASKAUTH_SERVER", middle.url()).with("TASKAUTH_TOKEN", "secret");

      ada.run("whoami").failed("sends on to " + target.url(), "--server");

      assertThat(target.paths()).isEmpty();
    }
  }

  @Test
  void plainHttpBeyondThisMachineTakesAWord() {
    Person person = new Person(home.resolve("other")).with("TASKAUTH_TOKEN", "secret");

    person.run("whoami", "--server", "http://taskauth.invalid").wrongUsage("--allow-http");
    person.run("whoami", "--server", "http://127.0.0.1.evil.invalid").wrongUsage("--allow-http");
    person.run("whoami", "--server", "http://taskauth.invalid", "--allow-http").failed("no host");
    person.with("TASKAUTH_ALLOW_HTTP", "1");
    person.run("whoami", "--server", "http://taskauth.invalid").failed("no host");
  }
}

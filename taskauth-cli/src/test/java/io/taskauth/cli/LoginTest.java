package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and out with a name and a password, or with a token made elsewhere. */
class LoginTest {
  private static TestServer server;
  @TempDir private Path home;
  private Person person;

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
    person = new Person(home);
  }

  @Test
  void nameAndPasswordComeFromStandardInput() {
    Outcome login =
        person.typing("ada", TestServer.PASSWORD).run("login", "--server", server.url() + "/");

    login.succeeded();
    assertThat(login.out()).isEmpty();
    assertThat(login.err()).contains("Signed in to " + server.url() + " as ada, until 2");
    assertThat(person.run("whoami").succeeded().lines())
        .contains("user\tada", "role\tadmin", "server\t" + server.url(), "via\tsession");
  }

  @Test
  void whoamiAsJsonIsWhatTheServerSays() {
    person.signedIn(server, "ada");

    JsonObject me = person.run("whoami", "--json").succeeded().json();

    assertThat(me.object("user").orElseThrow().text("username")).contains("ada");
    assertThat(me.text("via")).contains("session");
  }

  @Test
  void aWrongPasswordIsSaidOnOneLineAndStoresNothing() {
    person
        .typing("nobody", "wrong password")
        .run("login", "--server", server.url())
        .failed("password is wrong");

    assertThat(person.loginFile()).doesNotExist();
  }

  @Test
  void afterTooManyWrongOnesItSaysHowLongToWait() {
    Outcome last = null;
    for (int attempt = 0; attempt < 4; attempt++) {
      last = person.typing("grace", "wrong password").run("login", "--server", server.url());
    }

    last.failed("Too many attempts. Try again in ");
  }

  @Test
  void aNameWithoutAPasswordIsNotSent() {
    person.typing("ada").run("login", "--server", server.url()).failed("second the password");
    person.typing("ada", "").run("login", "--server", server.url()).failed("are needed");
    person.run("login", "--server", server.url()).failed("first line");
  }

  @Test
  void logoutEndsTheSessionAtTheServer() throws Exception {
    person.signedIn(server, "ada");
    String kept = Files.readString(person.loginFile());

    assertThat(person.run("logout").succeeded().err()).contains("Signed out of " + server.url());

    assertThat(person.loginFile()).doesNotExist();
    person.run("whoami").wrongUsage("which server?");
    Files.writeString(person.loginFile(), kept);
    person.run("whoami").failed("Your session is over", "Run: taskauth login");
    // And what is over already need not be ended.
    person.run("logout").succeeded();
    assertThat(person.run("logout").succeeded().err()).contains("not signed in");
  }

  @Test
  void anotherSignInEndsTheFormerSession() throws Exception {
    person.signedIn(server, "ada");
    String former =
        Json.parse(Files.readString(person.loginFile())).orElseThrow().text("token").orElseThrow();

    person.signedIn(server, "ada");

    person.with("TASKAUTH_TOKEN", former).run("whoami", "--server", server.url()).failed("");
    person.without("TASKAUTH_TOKEN").run("whoami").succeeded();
  }

  @Test
  void logoutThatIsUsedWronglyForgetsNothing() throws Exception {
    person.signedIn(server, "ada");
    String elsewhere =
        Files.readString(person.loginFile()).replace("127.0.0.1", "tools.example.com");
    Files.writeString(person.loginFile(), elsewhere);

    assertThat(person.run("logout").code()).isEqualTo(2);

    assertThat(Files.readString(person.loginFile())).isEqualTo(elsewhere);
  }

  @Test
  void logoutForgetsEvenIfTheServerIsGone() throws Exception {
    try (TestServer gone = TestServer.start()) {
      person.signedIn(gone, "ada");
    }

    person.run("logout").failed("forgotten here, but the session at", "may stay open");

    assertThat(person.loginFile()).doesNotExist();
  }

  @Test
  void aTokenIsCheckedBeforeItIsStored() {
    Person ada = person.signedIn(server, "ada");
    String token =
        ada.run("token", "create", "--name", "laptop", "--raw").succeeded().lines().get(0);
    ada.run("logout");

    person
        .typing("taskauth_pat_made.up")
        .run("login", "--with-token", "--server", server.url())
        .failed("This token is not accepted");
    assertThat(person.loginFile()).doesNotExist();

    person.typing(token).run("login", "--with-token", "--server", server.url()).succeeded();
    assertThat(person.run("whoami").succeeded().lines()).contains("user\tada", "via\tpat");
    // A token is not ended with a sign-out: others may use it.
    assertThat(person.run("logout").succeeded().err()).contains("still works", "token revoke");
    person.typing(token).run("login", "--with-token", "--server", server.url()).succeeded();
  }

  @Test
  void aTokenThatWouldBreakAHeaderIsNotRepeated() {
    Outcome login =
        person
            .typing("taskauth_pat_ secret")
            .run("login", "--with-token", "--server", server.url(), "--debug");

    assertThat(login.code()).isEqualTo(1);
    assertThat(login.err()).contains("is not a token").doesNotContain("secret");
  }

  @Test
  void theTokenOfTheEnvironmentWins() {
    person.signedIn(server, "ada");
    String token =
        person.run("token", "create", "--name", "ci", "--raw").succeeded().lines().get(0);
    person.with("TASKAUTH_TOKEN", token);

    assertThat(person.run("whoami").succeeded().lines()).contains("via\tpat");
    person.run("token", "create", "--name", "more").failed("unset TASKAUTH_TOKEN");
    person.with("TASKAUTH_TOKEN", "taskauth_pat_made.up");
    person.run("whoami").failed("TASKAUTH_TOKEN is not accepted");
    // Empty counts as not set, as CI systems leave it.
    person.with("TASKAUTH_TOKEN", "");
    assertThat(person.run("whoami").succeeded().lines()).contains("via\tsession");
  }

  @Test
  void withoutUsersItSaysWhereTheFirstIsMade() throws Exception {
    try (TestServer fresh = TestServer.empty()) {
      person
          .typing("ada", TestServer.PASSWORD)
          .run("login", "--server", fresh.url())
          .failed("no users yet", fresh.url() + "/auth/setup");
    }
  }

  @Test
  void aMountPathBelongsToTheAddress() throws Exception {
    try (TestServer mounted = TestServer.start("/tools/auth", settings -> settings)) {
      person.signedIn(mounted, "ada");

      assertThat(person.run("whoami").succeeded().out()).contains(mounted.url());
      String root = mounted.url().replace("/tools/auth", "");
      person
          .typing("ada", TestServer.PASSWORD)
          .run("login", "--server", root)
          .failed("does not answer as taskauth does", "path");
    }
  }

  @Test
  void withPasswordsOffAScriptIsToldToUseAToken() throws Exception {
    try (TestServer off = TestServer.withoutPasswords()) {
      person
          .typing("ada", TestServer.PASSWORD)
          .run("login", "--server", off.url())
          .failed("passwords are off", "/auth/account", "--with-token");
    }
  }
}

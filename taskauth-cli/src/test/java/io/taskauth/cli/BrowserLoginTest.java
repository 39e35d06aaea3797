package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in through a browser, which here is a program that follows where it is sent. */
class BrowserLoginTest {
  private static TestServer server;
  @TempDir private Path home;
  private Person ada;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(hasCurl(), "no curl, which plays the browser");
    server = TestServer.start("/tools", settings -> settings.identityProvider(new NamedProvider()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static boolean hasCurl() throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
  }

  @BeforeEach
  void arrive() {
    ada = new Person(home);
  }

  /** A browser in which Ada is signed in, and says this to the page that asks. */
  private String signedInBrowser(String answer) throws Exception {
    String jar = home.resolve("cookies").toString();
    return browser(
        """
        echo "$1" >>%1$s/addresses
        form=${1%%%%\\?*}
        fields=${1#*\\?}
        printf '{"username":"ada","password":"%2$s"}' |
          curl -s -c %3$s -H 'Content-Type: application/json' -d @- "${form%%/auth/*}/api/auth/login"
        csrf=$(curl -s -b %3$s "$1" | sed -n 's/.*name="_csrf" value="\\([^"]*\\)".*/\\1/p')
        back=$(curl -s -b %3$s -d "$fields" -d answer=%4$s --data-urlencode "_csrf=$csrf" "$form" |
          sed -n 's/.*content="0; url=\\([^"]*\\)".*/\\1/p' | sed 's/&amp;/\\&/g')
        curl -s "$back" >%1$s/page
        """
            .formatted(home, TestServer.PASSWORD, jar, answer));
  }

  /** A program for {@code BROWSER} that does this with {@code $1}, the address. */
  private String browser(String script) throws Exception {
    Path program = home.resolve("browser");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }

  @Test
  void theBrowserBringsTheSession() throws Exception {
    ada.with("BROWSER", signedInBrowser("yes"));

    Outcome login = ada.run("login", "--browser", "--server", server.url()).succeeded();

    assertThat(login.err()).contains("Signed in to " + server.url() + " as ada");
    assertThat(ada.run("whoami").succeeded().lines()).contains("user\tada", "via\tsession");
    String address = Files.readString(home.resolve("addresses")).strip();
    assertThat(address)
        .startsWith(server.url() + "/auth/authorize?response_type=code&client_id=taskauth-cli")
        .containsPattern("redirect_uri=http%3A%2F%2F127\\.0\\.0\\.1%3A\\d+%2Fcallback&")
        .containsPattern("&state=[A-Za-z0-9_-]{43}&")
        .containsPattern("&code_challenge=[A-Za-z0-9_-]{43}&")
        .endsWith("&code_challenge_method=S256");
    assertThat(login.err()).contains(address);
  }

  @Test
  void noTwoSignInsAreAlike() throws Exception {
    ada.with("BROWSER", signedInBrowser("yes"));

    ada.run("login", "--browser", "--server", server.url()).succeeded();
    ada.run("login", "--browser", "--server", server.url()).succeeded();

    assertThat(
            Files.readString(home.resolve("addresses"))
                .lines()
                .map(BrowserLoginTest::secrets)
                .distinct())
        .hasSize(2);
  }

  private static String secrets(String address) {
    return address.replaceAll(".*&state=([^&]*)&code_challenge=([^&]*)&.*", "$1");
  }

  @Test
  void aCodeOfSomebodyElsesIsRefused() throws Exception {
    // Whoever sees the address can knock with a code, but not with one for our proof.
    String knock = "curl -s \"$back?code=code-of-eve&state=$state\"";
    ada.with(
        "BROWSER",
        browser(
            "state=${1#*&state=}; state=${state%%&*}\n"
                + "port=${1#*%3A%2F%2F127.0.0.1%3A}; back=http://127.0.0.1:${port%%\\%*}/callback\n"
                + knock));

    Outcome login = ada.run("login", "--browser", "--server", server.url());

    assertThat(login.code()).isEqualTo(1);
    assertThat(login.err()).contains("run taskauth login again");
    assertThat(ada.loginFile()).doesNotExist();
  }

  @Test
  void decliningIsSaid() throws Exception {
    ada.with("BROWSER", signedInBrowser("no"));

    Outcome login = ada.run("login", "--browser", "--server", server.url());

    assertThat(login.code()).isEqualTo(1);
    assertThat(login.err()).contains("declined in the browser");
  }

  @Test
  void withoutProvidersAndPasswordsThereIsAHint() {
    Outcome login = ada.at("ie").typing("").run("login", "--server", server.url());

    assertThat(login.code()).isEqualTo(1);
    assertThat(login.err()).contains("taskauth login --browser");
  }

  @Test
  void whichProgramOpensTheAddress() {
    String address = "https://a.example/x?y=1&z=%20";
    assertThat(Browser.command(ada.with("BROWSER", "w3m:lynx").around(), "Linux", address))
        .contains(List.of("w3m", address));
    assertThat(
            Browser.command(ada.with("BROWSER", "open -a X %s --new").around(), "Linux", address))
        .contains(List.of("open", "-a", "X", address, "--new"));
    ada.without("BROWSER");
    assertThat(Browser.command(ada.around(), "Linux", address)).isEmpty();
    assertThat(Browser.command(ada.around(), "Mac OS X", address))
        .contains(List.of("open", address));
    assertThat(Browser.command(ada.with("DISPLAY", ":0").around(), "Linux", address))
        .contains(List.of("xdg-open", address));
    assertThat(Browser.command(ada.with("SSH_CONNECTION", "1").around(), "Linux", address))
        .isEmpty();
  }
}

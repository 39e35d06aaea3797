package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a real terminal. */
class TerminalTest {
  private static TestServer server;
  @TempDir private Path home;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(PseudoTerminal.available(), "no script(1) of util-linux to make a terminal with");
    server = TestServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private PseudoTerminal run(String command) throws Exception {
    return new PseudoTerminal(
        home, Map.of("TASKAUTH_SERVER", server.url(), "TERM", "xterm", "COLUMNS", "60"), command);
  }

  private void signIn() throws Exception {
    try (PseudoTerminal terminal = run("taskauth login")) {
      terminal.shows("User name or e-mail: ").type("ada\n");
      terminal.shows("Password: ").type(TestServer.PASSWORD + "\n").ends(0);
    }
  }

  @Test
  void thePasswordDoesNotShow() throws Exception {
    try (PseudoTerminal terminal = run("taskauth login")) {
      terminal.shows("User name or e-mail: ").type("ada\n");
      terminal.shows("Password: ").type(TestServer.PASSWORD + "\n");

      assertThat(terminal.ends(0)).contains("Signed in to").doesNotContain("correct horse");
    }
  }

  @Test
  void ctrlCAtThePromptEndsQuietly() throws Exception {
    try (PseudoTerminal terminal = run("taskauth login")) {
      terminal.shows("User name or e-mail: ").type("ada\n");
      terminal.shows("Password: ").type("half a pass\u0003");

      assertThat(terminal.ends(130)).doesNotContain("half", "taskauth:", "Exception");
    }
    assertThat(home.resolve(".config")).doesNotExist();
  }

  @Test
  void endOfInputAtThePromptIsNoPassword() throws Exception {
    try (PseudoTerminal terminal = run("taskauth login")) {
      terminal.shows("User name or e-mail: ").type("\u0004");

      assertThat(terminal.ends(1)).contains("a name and a password are needed");
    }
  }

  @Test
  void nobodyIsAskedWhereWhatIsTypedWouldShow() throws Exception {
    try (PseudoTerminal terminal = run("taskauth login --with-token >" + home + "/out")) {
      assertThat(terminal.ends(1)).contains("cannot ask without showing");
    }
  }

  @Test
  void aNewPasswordIsAskedForTwice() throws Exception {
    signIn();
    try (PseudoTerminal terminal = run("taskauth admin create-user grace --set-password")) {
      terminal.shows("New password: ").type("one long password\n");
      terminal.shows("Once more: ").type("another long password\n");

      assertThat(terminal.ends(1)).contains("not the same").doesNotContain("long password");
    }
    try (PseudoTerminal terminal = run("taskauth admin create-user grace --set-password")) {
      terminal.shows("New password: ").type("one long password\n");
      terminal.shows("Once more: ").type("one long password\n").ends(0);
    }
  }

  @Test
  void listsAreAlignedAndFitTheWindow() throws Exception {
    signIn();
    try (PseudoTerminal terminal =
        run("taskauth token create --name '" + "long ".repeat(15) + "'")) {
      assertThat(terminal.ends(0)).contains("\u001b[1mname", "The token is not shown again");
    }
    try (PseudoTerminal terminal = run("taskauth token list")) {
      List<String> lines = terminal.ends(0).lines().toList();
      assertThat(lines.get(0)).startsWith("\u001b[1mID  ").contains("NAME");
      assertThat(lines.get(1)).contains("…");
      assertThat(lines)
          .allMatch(line -> DisplayWidth.of(line.replaceAll("\u001b\\[\\d+m", "").strip()) <= 99);
    }
    try (PseudoTerminal terminal = run("NO_COLOR=1 taskauth token list")) {
      assertThat(terminal.ends(0)).doesNotContain("\u001b[");
    }
  }

  @Test
  void theListOfProcessesShowsNoSecrets() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc to look into");
    signIn();
    try (PseudoTerminal terminal = run("taskauth admin set-password ada")) {
      terminal.shows("New password: ").type("a very secret one\n").shows("Once more: ");

      List<String> commands =
          terminal.handle().descendants().map(TerminalTest::commandLine).toList();

      assertThat(commands).anyMatch(command -> command.contains("taskauth.jar"));
      String stored = Files.readString(home.resolve(".config/taskauth/login.json"));
      String token = Json.parse(stored).orElseThrow().text("token").orElseThrow();
      assertThat(commands).noneMatch(command -> command.contains("very secret"));
      assertThat(commands).noneMatch(command -> command.contains(token));
    }
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (java.io.IOException e) {
      return "";
    }
  }
}

package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line by itself, before any server comes into it. */
class UsageTest {
  @TempDir private Path home;

  private Outcome run(String command) {
    return new Person(home).run(command.isEmpty() ? new String[0] : command.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "token",
        "admin",
        "nonsense",
        "whoami --nonsense",
        "whoami too much",
        "token create",
        "token create --name",
        "token create --name x --raw --json",
        "token revoke",
        "login --browser --with-token",
        "admin set-role ada",
        "completion fish",
        "whoami --color sometimes",
        "whoami --server nonsense",
        "--server"
      })
  void wrongUsageIsTwoLinesAndExitCodeTwo(String command) {
    run(command).wrongUsage();
  }

  @Test
  void aMisspeltCommandIsGuessed() {
    run("tokn").wrongUsage("did you mean", "token");
    run("token rewoke x").wrongUsage("there is no rewoke here", "taskauth token --help");
  }

  @Test
  void whatMayBeASecretIsNotRepeated() {
    assertThat(run("login --password=hunter2").wrongUsage("--password").err())
        .doesNotContain("hunter2");
    assertThat(run("login --token hunter2").wrongUsage("--token").err()).doesNotContain("hunter2");
  }

  static Stream<String> commands() {
    return Stream.of(
        "login",
        "logout",
        "whoami",
        "token create",
        "token new",
        "tokens ls",
        "token revoke",
        "admin list-users",
        "admin users",
        "admin create-user",
        "admin set-role",
        "admin activate",
        "admin deactivate",
        "admin delete",
        "admin reset-password",
        "admin set-password",
        "completion");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    Outcome help = run(command + " --help").succeeded();

    assertThat(help.out())
        .startsWith("Usage: taskauth ")
        .contains("--server=URL", "--help")
        .doesNotContain("\u001b");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void theHelpListsAllCommands() {
    assertThat(run("--help").succeeded().out())
        .contains("login ", "logout ", "whoami ", "token", "admin ", "completion ", "Exit codes");
    assertThat(run("admin --help").succeeded().out()).contains("create-user", "set-password");
    assertThat(run("whoami --help --color always").succeeded().out()).contains("\u001b[");
  }

  @Test
  void completionKnowsEveryCommand() {
    List<String> script = run("completion zsh").succeeded().lines();

    assertThat(script).anyMatch(line -> line.contains("bashcompinit"));
    assertThat(String.join("\n", script)).contains("create-user", "revoke", "--with-token");
  }
}

package io.taskauth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "taskauth",
    description =
        "Sign in to a server that is guarded by taskauth, and look after tokens and accounts.",
    versionProvider = Version.class,
    footer = {
      "",
      "Environment:",
      "  TASKAUTH_SERVER      the server; wins over the one you are signed in to",
      "  TASKAUTH_TOKEN       a token to use instead of signing in, for scripts and CI",
      "  TASKAUTH_CA_FILE     as --ca-file",
      "  TASKAUTH_CONFIG_DIR  where the sign-in is kept, instead of ~/.config/taskauth",
      "",
      "Exit codes: 0 done, 1 refused or failed (one line on standard error says why), 2 wrong"
          + " usage.",
      "",
      "Example: taskauth login --server https://tools.example.com"
    })
final class TaskAuthCommand {
  @Mixin final GlobalOptions options;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  TaskAuthCommand(GlobalOptions options) {
    this.options = options;
  }
}

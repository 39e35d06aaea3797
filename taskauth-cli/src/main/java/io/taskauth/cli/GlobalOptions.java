package io.taskauth.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What can be said with every command. */
final class GlobalOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      order = 101,
      description = "The server, with its path if it has one. Wins over TASKAUTH_SERVER.")
  @Nullable String server;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      order = 102,
      description =
          "Trust the certificates in this PEM file, and no others. Wins over TASKAUTH_CA_FILE.")
  @Nullable Path caFile;

  @Option(
      names = "--allow-http",
      scope = ScopeType.INHERIT,
      order = 103,
      description =
          "Talk to a server that is not on this machine without encryption: everybody on the way"
              + " can read passwords and tokens. So does TASKAUTH_ALLOW_HTTP=1.")
  boolean allowHttp;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      order = 104,
      description = "auto, always or never. auto: on a terminal, unless NO_COLOR is set.")
  Colour colour = Colour.AUTO;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      order = 105,
      description =
          "Say on standard error what is asked of the server, and where an error is from.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 106,
      description = "Show this help.")
  boolean help;
}

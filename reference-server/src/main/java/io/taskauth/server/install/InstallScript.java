package io.taskauth.server.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * {@code install.sh} as it is handed out: with the server's own address and the hash of the jar in
 * it. The address is the operator's, never what a request says it is: whoever could choose it would
 * choose where the jar comes from. Threads may share it.
 */
final class InstallScript {
  private static final String TEMPLATE = "/io/taskauth/server/install/install.sh";
  private static final String END_OF_STARTER = "END_OF_STARTER";

  private final String template;
  private final Supplier<Optional<String>> address;

  InstallScript(CommandLine commandLine, Supplier<Optional<String>> address) {
    if (commandLine.starter().lines().anyMatch(END_OF_STARTER::equals)) {
      throw new IllegalStateException("the starter would end the text that it stands in");
    }
    this.template =
        read()
            .replace("@SHA256@", commandLine.sha256())
            .replace("@SIZE@", String.valueOf(commandLine.size()))
            .replace("@STARTER@\n", commandLine.starter());
    this.address = address;
  }

  private static String read() {
    try (InputStream in = InstallScript.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException(TEMPLATE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's address, without a slash at its end; empty where nobody has said it. */
  Optional<String> address() {
    return address.get();
  }

  /** The script of a server that is reached there. */
  String text(String server) {
    return template.replaceFirst("@SERVER@", Matcher.quoteReplacement(ShellWord.quoted(server)));
  }

  /** What a person types. */
  static String command(String server) {
    String proto = server.startsWith("https:") ? "=https" : "=http";
    String script = ShellWord.quoted(server + InstallFiles.SCRIPT);
    return "curl --proto '" + proto + "' -fsS " + script + " | bash";
  }
}

package io.taskauth.server.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
  private final Supplier<String> address;

  InstallScript(CommandLine commandLine, Supplier<String> address) {
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

  /** The server's address, without a slash at its end. */
  String address() {
    return address.get();
  }

  String text() {
    return template.replaceFirst("@SERVER@", Matcher.quoteReplacement(ShellWord.quoted(address())));
  }

  /** What a person types. */
  String command() {
    String proto = address().startsWith("https:") ? "=https" : "=http";
    return "curl --proto '"
        + proto
        + "' -fsS "
        + ShellWord.quoted(address() + "/cli/install.sh")
        + " | bash";
  }
}

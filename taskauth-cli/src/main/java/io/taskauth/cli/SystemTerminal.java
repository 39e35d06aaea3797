package io.taskauth.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process. Java 17 only tells whether standard input and output both are one,
 * so the starter script says which of the three are; without the script the two count together.
 */
// Main keeps Java from giving us a console that is none.
@SuppressWarnings("SystemConsoleNull")
final class SystemTerminal implements Terminal {
  private static final int USUAL_WIDTH = 100;
  private static final String WIDTH = "[1-9][0-9]{1,3}";

  private final Map<String, String> environment;
  private final Input input;
  private final PrintWriter errors;
  private final @Nullable String told;

  SystemTerminal(
      Map<String, String> environment, Input input, PrintWriter errors, @Nullable String told) {
    this.environment = environment;
    this.input = input;
    this.errors = errors;
    this.told = told;
  }

  @Override
  public boolean asks() {
    return is('i');
  }

  @Override
  public boolean shows() {
    return is('o');
  }

  private boolean is(char stream) {
    return told != null ? told.indexOf(stream) >= 0 : System.console() != null;
  }

  @Override
  public Optional<String> ask(String prompt) {
    // Not on standard output, which may be a file.
    errors.print(prompt);
    errors.flush();
    return input.line();
  }

  @Override
  public Optional<Secret> askHidden(String prompt) {
    Console console = System.console();
    if (console == null) {
      throw new Failure(
          "cannot ask without showing what is typed, because standard output is no terminal");
    }
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) {
      return Optional.empty();
    }
    Secret secret = new Secret(new String(typed));
    Arrays.fill(typed, ' ');
    return Optional.of(secret);
  }

  @Override
  public int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches(WIDTH)) {
      return Integer.parseInt(columns);
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(Redirect.INHERIT).start();
      String size = new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
      String rowsAndColumns = size.strip();
      String second = rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1);
      return second.matches(WIDTH) ? Integer.parseInt(second) : USUAL_WIDTH;
    } catch (IOException e) {
      return USUAL_WIDTH;
    }
  }
}

package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a page tells people to type, run by a real Bash. */
final class PageScript {
  static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");

  /**
   * What came of it.
   *
   * @param output standard output, and standard error after it
   */
  record Outcome(int code, String output) {}

  private PageScript() {}

  /** The block that stands behind this mark on this page. */
  static String marked(String page, String mark) throws IOException {
    Matcher block =
        Pattern.compile(
                "<!-- " + Pattern.quote(mark) + " -->\\n```(?:bash|shell)\\n(.*?)```",
                Pattern.DOTALL)
            .matcher(Files.readString(DOCS.resolve(page)));
    if (!block.find()) {
      throw new AssertionError(page + " has no block " + mark);
    }
    return block.group(1);
  }

  /** As GitHub runs a step: the first command that fails ends it. */
  static Outcome run(String script, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TASKAUTH_"));
    builder.environment().putAll(variables);
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    builder.redirectError(errors.toFile());
    Process bash = builder.start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(bash.waitFor(), output + Files.readString(errors));
  }

  static void skipWithout(String... programs) {
    for (String program : programs) {
      boolean there =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      assumeTrue(there, "no " + program + " on the PATH: install it to test what the pages show");
    }
  }
}

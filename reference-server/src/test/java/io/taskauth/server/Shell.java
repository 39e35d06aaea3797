package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Somebody's shell, in a home directory of its own and with nothing else in its environment. */
final class Shell {
  /** What came of a command. */
  record Result(int code, String out, String err) {
    /** What it printed; fails where the command did. */
    String ok() {
      assertThat(code).as("%s", this).isZero();
      return out;
    }
  }

  private final Path home;
  private final Map<String, String> environment;

  /**
   * @param environment besides {@code HOME}, {@code PATH} and where Java is
   */
  Shell(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  Path home() {
    return home;
  }

  Result run(String command) throws IOException, InterruptedException {
    return run(command, "");
  }

  /**
   * @param input what is typed
   */
  Result run(String command, String input) throws IOException, InterruptedException {
    Path out = Files.createTempFile("shell", ".out");
    Path err = Files.createTempFile("shell", ".err");
    Path in = Files.writeString(Files.createTempFile("shell", ".in"), input);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(List.of("bash", "-o", "pipefail", "-c", command))
              .directory(home.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().put("HOME", home.toString());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("PATH", home + "/.local/bin:/usr/local/bin:/usr/bin:/bin");
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("does not end: " + command);
      }
      return new Result(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      for (Path file : List.of(out, err, in)) {
        Files.delete(file);
      }
    }
  }
}

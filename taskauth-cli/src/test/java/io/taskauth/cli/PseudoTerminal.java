package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A real terminal with somebody at it, by means of script(1) of util-linux. */
final class PseudoTerminal implements AutoCloseable {
  private final Process process;
  private final InputStream screen;
  private final StringBuilder seen = new StringBuilder();

  PseudoTerminal(Path home, Map<String, String> environment, String command) throws IOException {
    process =
        Installation.shared()
            .process(home, environment, "script", "-qec", command, "/dev/null")
            .redirectErrorStream(true)
            .start();
    screen = process.getInputStream();
  }

  static boolean available() throws Exception {
    try {
      Process script = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
      String version = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return script.waitFor() == 0 && version.contains("util-linux");
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until this is on the screen, after what was waited for before. */
  PseudoTerminal shows(String text) throws IOException {
    int from = seen.length();
    while (seen.indexOf(text, from) < 0) {
      int next = screen.read();
      assertThat(next).as("%s", seen).isNotEqualTo(-1);
      seen.append((char) next);
    }
    return this;
  }

  PseudoTerminal type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return this;
  }

  /** All that was on the screen, when the program has ended with this exit code. */
  String ends(int code) throws Exception {
    seen.append(new String(screen.readAllBytes(), StandardCharsets.UTF_8));
    assertThat(process.waitFor()).as("%s", seen).isEqualTo(code);
    return seen.toString();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}

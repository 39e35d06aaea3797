package io.taskauth.server.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The blocks of the documentation, for the tests that run them. */
public final class DocumentedBlock {
  private static final List<String> PROGRAMS = List.of("bash", "curl", "jq");
  private static final List<Page> PAGES = Repository.here().pages();

  private DocumentedBlock() {}

  /**
   * The text of the block below {@code <!-- run:name -->}, as it stands in the documentation.
   *
   * @param marker such as {@code run:drain}
   * @throws IllegalArgumentException where there is not exactly one
   */
  public static String text(String marker) {
    List<Block> found =
        PAGES.stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> block.marker().filter(m -> m.toString().equals(marker)).isPresent())
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.size() + " blocks of the documentation are marked " + marker);
    }
    return found.get(0).text();
  }

  /**
   * Runs the block as somebody who copies it into a shell: the first command that fails ends it.
   * The test is skipped where a program is missing.
   *
   * @param directory where it runs
   * @param variables what the page takes for granted
   * @return what it prints
   */
  public static String run(String marker, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    return runText(marker, text(marker), directory, variables);
  }

  /** The same for commands that are only a part of a block, under a name for messages. */
  public static String runText(
      String name, String commands, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    for (String program : PROGRAMS) {
      assumeTrue(isOnThePath(program), "no " + program + " on the PATH");
    }
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    shell.environment().putAll(variables);
    Process running = shell.start();
    running.getOutputStream().close();
    String output = new String(running.getInputStream().readAllBytes(), UTF_8);
    if (running.waitFor() != 0) {
      throw new AssertionError(name + " ended with " + running.exitValue() + ": " + output);
    }
    return output;
  }

  private static boolean isOnThePath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}

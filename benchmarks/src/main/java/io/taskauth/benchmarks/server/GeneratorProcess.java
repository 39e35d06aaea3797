package io.taskauth.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;

/** A {@link LoadGenerator} in its own process, whose processor time is none of the server's. */
final class GeneratorProcess implements AutoCloseable {
  private final Process process;
  private final PrintStream commands;
  private final BufferedReader results;

  private GeneratorProcess(Process process) {
    this.process = process;
    this.commands = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.results = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static GeneratorProcess start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new GeneratorProcess(
        new ProcessBuilder(
                java,
                "-Xms128m",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LoadGenerator.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  LoadGenerator.Served run(LoadGenerator.Load load) throws IOException {
    commands.println(load.line());
    String line = results.readLine();
    if (line == null) {
      throw new IOException("the load generator has ended");
    }
    return LoadGenerator.Served.of(line);
  }

  @Override
  public void close() {
    commands.close();
    process.destroy();
  }
}

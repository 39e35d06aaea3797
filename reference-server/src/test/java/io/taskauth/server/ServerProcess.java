package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;

/** The program as an operator runs it, on a DuckDB file: a process of its own. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ServerProcess(Process process) {
    this.process = process;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static ServerProcess start(Path directory, Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // It lives for seconds: not long enough for the second compiler to pay.
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.taskauth.server.Main");
    builder.environment().keySet().removeIf(name -> name.startsWith("TASKAUTH_"));
    builder.environment().put("TASKAUTH_PORT", "0");
    builder.environment().put("TASKAUTH_STORE", "duckdb:" + directory.resolve("auth.duckdb"));
    builder.environment().putAll(variables);
    return new ServerProcess(builder.start());
  }

  Process process() {
    return process;
  }

  /** The next line of what it says. */
  String line() throws IOException {
    return String.valueOf(out.readLine());
  }

  /** Where it listens, from the first line. */
  String address() throws IOException {
    String listening = line();
    return listening.substring(Math.max(0, listening.indexOf("http")));
  }

  /** As kill -9 does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package io.taskauth.benchmarks.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.benchmarks.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The reference server out of its jar, in a process with little memory. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final String address;

  private ServerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static ServerProcess start(int heapMegabytes, Map<String, String> settings) throws IOException {
    Path jar = Figures.repository().resolve("reference-server/target/taskauth-server.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("build it first: ./mvnw -DskipTests package; no " + jar);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toAbsolutePath().toString()));
    command.environment().keySet().removeIf(name -> name.startsWith("TASKAUTH_"));
    command.environment().putAll(settings);
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = command.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String prefix = "taskauth listening on ";
    String line = out.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("the server did not start");
    }
    return new ServerProcess(process, line.substring(prefix.length()));
  }

  String address() {
    return address;
  }

  /** Lets it collect what nobody holds any more. */
  void collect() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    int unused =
        new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.taskauth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as it is installed: the starter script, and the jar that the build made. */
final class Installation {
  private static final Path SCRIPT = Path.of("src/main/resources/META-INF/taskauth/taskauth");

  private static final class Holder {
    static final Installation SHARED = in(Path.of("target/installation").toAbsolutePath());
  }

  private final Path root;

  private Installation(Path root) {
    this.root = root;
  }

  /** One that no test changes. */
  static Installation shared() {
    return Holder.SHARED;
  }

  static Installation in(Path root) {
    try {
      Files.createDirectories(root.resolve("bin"));
      Files.createDirectories(root.resolve("share/taskauth"));
      Files.copy(
          SCRIPT,
          root.resolve("bin/taskauth"),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      if (!root.resolve("bin/taskauth").toFile().setExecutable(true)) {
        throw new IOException("not executable");
      }
      Files.copy(
          builtJar(),
          root.resolve("share/taskauth/taskauth.jar"),
          StandardCopyOption.REPLACE_EXISTING);
      return new Installation(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path builtJar() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(
            Path.of("target"),
            path ->
                path.getFileName().toString().matches("taskauth-cli-.*\\.jar")
                    && !path.getFileName().toString().matches(".*-(sources|javadoc)\\.jar"))) {
      return jars.iterator().next();
    }
  }

  Path script() {
    return root.resolve("bin/taskauth");
  }

  Path jar() {
    return root.resolve("share/taskauth/taskauth.jar");
  }

  Path cache() {
    return root.resolve("cache");
  }

  /** A process with this program first on its path, and nothing of the developer's own. */
  ProcessBuilder process(Path home, Map<String, String> environment, String... command) {
    ProcessBuilder process = new ProcessBuilder(new ArrayList<>(List.of(command)));
    if (command[0].equals("taskauth")) {
      // Java would look for it on the path of this process.
      process.command().set(0, script().toString());
    }
    Map<String, String> variables = process.environment();
    variables.keySet().removeIf(name -> name.startsWith("TASKAUTH_") || name.startsWith("XDG_"));
    variables.put("PATH", root.resolve("bin") + ":" + variables.get("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("HOME", home.toString());
    variables.put("XDG_CACHE_HOME", cache().toString());
    variables.putAll(environment);
    return process.directory(home.toFile());
  }

  Outcome run(Path home, Map<String, String> environment, List<String> input, String... command)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile(home, "stderr", null);
    Process process = process(home, environment, command).redirectError(errors.toFile()).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(String.join("\n", input).getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(errors));
  }
}

package io.taskauth.store.duckdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process with the classes of the tests. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * @param scratch where the driver unpacks its native part, which a killed process leaves behind
   */
  static ProcessBuilder of(Class<?> main, Path scratch, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}

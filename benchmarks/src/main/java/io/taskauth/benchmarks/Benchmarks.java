package io.taskauth.benchmarks;

import io.taskauth.benchmarks.heap.CachedSessionHeap;
import io.taskauth.benchmarks.live.LiveBenchmark;
import io.taskauth.benchmarks.nodes.NodesBenchmark;
import io.taskauth.benchmarks.page.FiguresPage;
import io.taskauth.benchmarks.pieces.PiecesBenchmark;
import io.taskauth.benchmarks.scale.ScaleBenchmark;
import io.taskauth.benchmarks.server.ServerBenchmark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the one that is named, or {@code all} of those whose figures are in the docs. */
public final class Benchmarks {
  private static final List<String> ALL =
      List.of("server", "pieces", "heap", "scale", "nodes", "live", "page");

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "rows" -> StoreBenchmark.main(args);
      case "server" -> ServerBenchmark.main(args);
      case "pieces" -> PiecesBenchmark.main(args);
      case "heap" -> CachedSessionHeap.main(args);
      case "scale" -> ScaleBenchmark.main(args);
      case "live" -> LiveBenchmark.main(args);
      case "nodes" -> NodesBenchmark.main(args);
      case "page" -> FiguresPage.main(args);
      case "all" -> runAll();
      default -> throw new IllegalArgumentException("no benchmark is called " + args[0]);
    }
    // Embedded servers leave threads behind.
    System.exit(0);
  }

  /** Each in a process of its own, so that none runs with what another has left. */
  private static void runAll() throws IOException, InterruptedException {
    for (String each : ALL) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), each));
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(each + " ended with " + exit);
      }
    }
  }
}

package io.taskauth.benchmarks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a deployment asks of its store, worked out from how taskauth works: {@code docs/scaling.md}
 * says how.
 */
final class Needs {
  private static final double CACHE_SECONDS = 5;
  private static final double BEATS_PER_SECOND = 1 / 0.225;
  private static final int POOL = 10;
  private static final double NODES_OF_ONE_SESSION = 2;

  /** A sign-in and a sign-out in eight hours. */
  private static final double CHANGES_PER_SESSION = 2.0 / (8 * 3600);

  private Needs() {}

  /**
   * So many nodes, and sessions that are in use at the same time.
   *
   * @param spread how many nodes one session's requests reach
   */
  private record Size(int nodes, int sessions, double spread) {
    double lookUps() {
      return sessions * spread / CACHE_SECONDS;
    }

    double changes() {
      return sessions * CHANGES_PER_SESSION;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "| %d | %,d | %,.0f | %,.1f | %,.0f | %,d | %,.0f |",
          nodes,
          sessions,
          lookUps(),
          changes(),
          changes() / 2 * nodes,
          nodes * (POOL + 1),
          nodes * BEATS_PER_SECOND);
    }
  }

  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| nodes | sessions in use | look-ups/s | sign-ins and -outs/s | feed messages/s |"
            + " connections | beats/s |");
    lines.add("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    lines.add(new Size(1, 1_000, 1).line());
    lines.add(new Size(10, 10_000, NODES_OF_ONE_SESSION).line());
    lines.add(new Size(100, 100_000, NODES_OF_ONE_SESSION).line());
    return lines;
  }
}

package io.taskauth.benchmarks.page;

import io.taskauth.benchmarks.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/** What taskauth is to reach, and whether the figures say that it does. */
final class Targets {
  private final Figures server = Figures.load("server");
  private final Figures pieces = Figures.load("pieces");
  private final Figures heap = Figures.load("heap");
  private final Figures scale = Figures.load("scale");
  private final Figures nodes = Figures.load("nodes");
  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    lines.add("| target | measured | |");
    lines.add("| --- | --- | --- |");
    for (String what : List.of("session", "token")) {
      String row = "." + what + "-cached";
      check(
          "cached " + what + ": at least 0.90 of the unprotected throughput",
          worst(server, row, "ratio", false),
          "%.2f",
          x -> x >= 0.90);
      check(
          "cached " + what + ": at most 3 µs more processor time",
          worst(server, row, "cpu-micros-more", true),
          "%.1f µs",
          x -> x <= 3);
      check(
          "uncached " + what + ": exactly one round trip",
          worst(server, "." + what + "-uncached", "round-trips", true),
          "%.2f",
          x -> Math.abs(x - 1) < 0.05);
    }
    for (String store : List.of("postgresql", "redis")) {
      check(
          "uncached session on " + Page.label(store) + ": 3 times the imitation's throughput",
          quotient(
              server.number(store + ".session-uncached", "requests-per-second"),
              server.number(store + ".imitation", "requests-per-second")),
          "%.1f times",
          x -> x >= 3);
      check(
          "revocation heard elsewhere on " + Page.label(store) + ": p99 below 50 ms",
          nodes.number(store + ".since-answer", "p99-millis"),
          "%.1f ms",
          x -> x < 50);
    }
    check(
        "forged token: no round trip",
        worst(server, ".forged", "round-trips", true),
        "%.2f",
        x -> x < 0.05);
    check(
        "forged token: below 10 µs",
        pieces.number("Token.forged", "micros"),
        "%.1f µs",
        x -> x < 10);
    for (String store : List.of("duckdb", "postgresql", "redis")) {
      check(
          "a million sessions on " + Page.label(store) + ": look-up at most 1.2 times",
          aMillion(store) ? scale.number(store + ".find", "ratio") : OptionalDouble.empty(),
          "%.2f times",
          x -> x <= 1.2);
    }
    check(
        "a cached session: at most 600 bytes",
        heap.number("session", "bytes"),
        "%.0f bytes",
        x -> x <= 600);
    return lines;
  }

  private boolean aMillion(String store) {
    return scale.number(store + ".sessions", "large").orElse(0) >= 1_000_000;
  }

  private static OptionalDouble worst(
      Figures figures, String row, String column, boolean mostIsWorst) {
    double[] all =
        Stream.of("memory", "duckdb", "postgresql", "redis")
            .map(store -> figures.number(store + row, column))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            // A store within the process has no round trips.
            .filter(number -> !row.endsWith("-uncached") || number > 0)
            .sorted()
            .toArray();
    return all.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(mostIsWorst ? all[all.length - 1] : all[0]);
  }

  private static OptionalDouble quotient(OptionalDouble one, OptionalDouble other) {
    return one.isPresent() && other.isPresent()
        ? OptionalDouble.of(one.getAsDouble() / other.getAsDouble())
        : OptionalDouble.empty();
  }

  private void check(String target, OptionalDouble measured, String format, DoublePredicate met) {
    lines.add(
        measured.isEmpty()
            ? "| " + target + " | not measured | |"
            : "| "
                + target
                + " | "
                + String.format(Locale.ROOT, format, measured.getAsDouble())
                + " | "
                + (met.test(measured.getAsDouble()) ? "met" : "**missed**")
                + " |");
  }
}

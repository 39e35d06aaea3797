package io.taskauth.benchmarks.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What was measured of one case, round by round. */
final class Measurements {
  private final String name;
  private final List<Round> rounds = new ArrayList<>();

  private record Round(LoadGenerator.Served served, ServerCosts costs) {
    double throughput() {
      return served.requests() / served.seconds();
    }

    double threadMicros() {
      return costs.threadNanos() / 1e3 / served.requests();
    }

    double processMicros() {
      return costs.processNanos() / 1e3 / served.requests();
    }

    double bytes() {
      return (double) costs.bytes() / served.requests();
    }
  }

  Measurements(String name) {
    this.name = name;
  }

  void add(LoadGenerator.Served served, ServerCosts costs) {
    rounds.add(new Round(served, costs));
  }

  private double median(ToDoubleFunction<Round> of) {
    return middle(rounds.stream().mapToDouble(of).sorted().toArray());
  }

  /** Of what the rounds give side by side, so that what disturbs one disturbs the other too. */
  private double throughputAgainst(Measurements base) {
    double[] ratios = new double[rounds.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = rounds.get(i).throughput() / base.rounds.get(i).throughput();
    }
    java.util.Arrays.sort(ratios);
    return middle(ratios);
  }

  private double microsBeyond(Measurements base, ToDoubleFunction<Round> of) {
    double[] more = new double[rounds.size()];
    for (int i = 0; i < more.length; i++) {
      more[i] = of.applyAsDouble(rounds.get(i)) - of.applyAsDouble(base.rounds.get(i));
    }
    java.util.Arrays.sort(more);
    return middle(more);
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  static void print(List<Measurements> all) {
    Measurements base = all.get(0);
    System.out.printf(
        "%-32s %9s %6s %8s %8s %8s %8s %8s %8s %8s%n",
        "", "req/s", "ratio", "cpu µs", "more µs", "proc µs", "more µs", "p50 µs", "p99 µs",
        "bytes");
    for (Measurements one : all) {
      System.out.printf(
          Locale.ROOT,
          "%-32s %9.0f %6.3f %8.2f %8.2f %8.2f %8.2f %8.1f %8.1f %8.0f%n",
          one.name,
          one.median(Round::throughput),
          one.throughputAgainst(base),
          one.median(Round::threadMicros),
          one.microsBeyond(base, Round::threadMicros),
          one.median(Round::processMicros),
          one.microsBeyond(base, Round::processMicros),
          one.median(round -> round.served().p50()),
          one.median(round -> round.served().p99()),
          one.median(Round::bytes));
    }
  }
}

package io.taskauth.benchmarks.server;

import io.taskauth.benchmarks.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What was measured of one case, round by round. */
final class Measurements {
  private final String row;
  private final List<Round> rounds = new ArrayList<>();

  private record Round(LoadGenerator.Served served, ServerCosts costs, long trips) {
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

    double roundTrips() {
      return (double) trips / served.requests();
    }
  }

  /**
   * @param row what the figures are saved under
   */
  Measurements(String row) {
    this.row = row;
  }

  void add(LoadGenerator.Served served, ServerCosts costs, long roundTrips) {
    rounds.add(new Round(served, costs, roundTrips));
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
    Arrays.sort(ratios);
    return middle(ratios);
  }

  private double microsBeyond(Measurements base, ToDoubleFunction<Round> of) {
    double[] more = new double[rounds.size()];
    for (int i = 0; i < more.length; i++) {
      more[i] = of.applyAsDouble(rounds.get(i)) - of.applyAsDouble(base.rounds.get(i));
    }
    Arrays.sort(more);
    return middle(more);
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  static void save(List<Measurements> all, Figures figures) {
    Measurements base = all.get(0);
    System.out.printf(
        "%-32s %9s %6s %8s %8s %8s %8s %8s %8s %8s %6s%n",
        "", "req/s", "ratio", "cpu µs", "more µs", "proc µs", "more µs", "p50 µs", "p99 µs",
        "bytes", "trips");
    for (Measurements one : all) {
      one.save(base, figures);
    }
  }

  private void save(Measurements base, Figures figures) {
    Map<String, Double> columns = new LinkedHashMap<>();
    columns.put("requests-per-second", median(Round::throughput));
    columns.put("ratio", throughputAgainst(base));
    columns.put("cpu-micros", median(Round::threadMicros));
    columns.put("cpu-micros-more", microsBeyond(base, Round::threadMicros));
    columns.put("process-micros", median(Round::processMicros));
    columns.put("process-micros-more", microsBeyond(base, Round::processMicros));
    columns.put("p50-micros", median(round -> round.served().p50()));
    columns.put("p99-micros", median(round -> round.served().p99()));
    columns.put("bytes", median(Round::bytes));
    columns.put("round-trips", median(Round::roundTrips));
    columns.forEach((column, number) -> figures.put(row, column, number));
    System.out.printf(
        Locale.ROOT,
        "%-32s %9.0f %6.3f %8.2f %8.2f %8.2f %8.2f %8.1f %8.1f %8.0f %6.2f%n",
        Stream.concat(Stream.of(row), columns.values().stream()).toArray());
  }
}

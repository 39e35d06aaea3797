package io.taskauth.benchmarks.scale;

import io.taskauth.benchmarks.Figures;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * What the same step costs with few sessions and with many: taken in turns, so that whatever else
 * the machine does happens to both. The medians of many turns count.
 *
 * @param name of the kind of store
 */
record Turns(String name, FilledStore small, FilledStore large, Figures figures) {
  /**
   * @param atOnce how often the step is taken for one look at the clock
   * @param prepare makes a step ready, which is not measured itself
   */
  void measure(String what, int rounds, int atOnce, Function<FilledStore, Runnable> prepare) {
    double[] inSmall = new double[rounds];
    double[] inLarge = new double[rounds];
    for (int round = -rounds / 4; round < rounds; round++) {
      double first = micros(prepare, small, atOnce);
      double second = micros(prepare, large, atOnce);
      if (round >= 0) {
        inSmall[round] = first;
        inLarge[round] = second;
      }
    }
    save(what, median(inSmall), median(inLarge));
  }

  private static double micros(
      Function<FilledStore, Runnable> prepare, FilledStore store, int atOnce) {
    Runnable[] steps = new Runnable[atOnce];
    Arrays.setAll(steps, i -> prepare.apply(store));
    long begin = System.nanoTime();
    for (Runnable step : steps) {
      step.run();
    }
    return (System.nanoTime() - begin) / 1e3 / atOnce;
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private void save(String what, double inSmall, double inLarge) {
    String row = name + "." + what;
    figures.put(row, "small-micros", inSmall);
    figures.put(row, "large-micros", inLarge);
    figures.put(row, "ratio", inLarge / inSmall);
    System.out.printf(
        Locale.ROOT, "%-28s %12.2f µs %12.2f µs %6.2f%n", row, inSmall, inLarge, inLarge / inSmall);
  }
}

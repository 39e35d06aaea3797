package io.taskauth.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the same thing costs in a small and in a large store. Both are measured in turns, so that
 * whatever else the machine does meanwhile happens to both; the median leaves out what happens
 * rarely.
 */
final class Comparison {
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 200;
  private static final double ALLOWED = 2;

  private final FilledStore small;
  private final FilledStore large;

  Comparison(FilledStore small, FilledStore large) {
    this.small = small;
    this.large = large;
    System.out.printf(
        "%-40s %9s %9s %6s%n", "median of " + ROUNDS, small.label(), large.label(), "ratio");
  }

  void of(String what, Consumer<FilledStore> step) {
    ofPrepared(what, store -> () -> step.accept(store));
  }

  /**
   * @param prepare makes a step ready, and is not measured itself
   */
  void ofPrepared(String what, Function<FilledStore, Runnable> prepare) {
    measure(what, WARM_UP, ROUNDS, prepare);
  }

  /** The same for a step that a store with few rows cannot be asked for as often. */
  void ofPrepared(String what, int rounds, Function<FilledStore, Runnable> prepare) {
    measure(what, rounds / 3, rounds, prepare);
  }

  private void measure(
      String what, int warmUp, int rounds, Function<FilledStore, Runnable> prepare) {
    for (int i = 0; i < warmUp; i++) {
      prepare.apply(small).run();
      prepare.apply(large).run();
    }
    double[] inSmall = new double[rounds];
    double[] inLarge = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      inSmall[i] = millis(prepare.apply(small));
      inLarge[i] = millis(prepare.apply(large));
    }
    print(what, median(inSmall), median(inLarge));
  }

  private static double millis(Runnable step) {
    long begin = System.nanoTime();
    step.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static void print(String what, double small, double large) {
    double ratio = large / small;
    System.out.printf(
        Locale.ROOT,
        "%-40s %6.2f ms %6.2f ms %6.2f%s%n",
        what,
        small,
        large,
        ratio,
        ratio > ALLOWED ? "  more than twice" : "");
  }
}

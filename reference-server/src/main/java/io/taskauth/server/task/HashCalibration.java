package io.taskauth.server.task;

import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHasher;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Measures what a password hash costs on this machine, and suggests parameters. */
public final class HashCalibration implements Task {
  private static final int MAX_ROUNDS = 20;

  /** No round begins after that: who asked waits, and so does a core that people sign in with. */
  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** In the order of what they cost: memory first, which is what an attacker's chips lack. */
  private static final List<Argon2Parameters> STEPS =
      List.of(
          Argon2Parameters.OWASP,
          mebibytes(46, 1),
          mebibytes(46, 2),
          mebibytes(64, 3),
          mebibytes(128, 3),
          mebibytes(256, 3),
          mebibytes(256, 6),
          mebibytes(256, 12));

  private final SecureRandom random;

  /**
   * @param medianMillis of the rounds that were measured
   */
  private record Measured(Argon2Parameters parameters, double medianMillis, int rounds) {
    String text() {
      return String.format(
          Locale.ROOT,
          "%s: %.0f ms (median of %d)",
          HashCalibration.text(parameters),
          medianMillis,
          rounds);
    }

    /** What another set will cost, about: memory times passes. */
    double millisOf(Argon2Parameters other) {
      return medianMillis * work(other) / work(parameters);
    }
  }

  public HashCalibration(SecureRandom random) {
    this.random = random;
  }

  @Override
  public String name() {
    return "hash-calibration";
  }

  @Override
  public String description() {
    return "Measures Argon2id on this machine and suggests parameters for password hashes.";
  }

  /** One at a time, or each would measure the other; and a second attempt measures nothing new. */
  @Override
  public TaskSettings defaults() {
    return TaskSettings.STANDARD.withRetries(0);
  }

  @Override
  public List<Argument> form() {
    return List.of(
        Argument.number("target_ms", "Target in milliseconds", "50 to 2000, 250 unless set"));
  }

  @Override
  public Work prepare(Arguments arguments) {
    Arguments known = arguments.only("target_ms", "rounds");
    int targetMillis = known.integer("target_ms", 250, 50, 2000);
    int rounds = known.integer("rounds", 3, 1, MAX_ROUNDS);
    return progress -> calibrate(targetMillis, rounds, progress);
  }

  private String calibrate(int targetMillis, int rounds, Progress progress) {
    long end = System.nanoTime() + BUDGET_NANOS;
    List<Measured> measured = new ArrayList<>();
    String stopped = "";
    for (int step = 0; step < STEPS.size() && stopped.isEmpty(); step++) {
      Argon2Parameters parameters = STEPS.get(step);
      if (!measured.isEmpty() && isBeyond(targetMillis, last(measured), parameters)) {
        stopped = "Beyond it nothing was measured: it would take too long for the target.";
      } else if (!measured.isEmpty() && System.nanoTime() - end >= 0) {
        stopped = "Beyond it nothing was measured: the time for measuring was up.";
      } else {
        PasswordHasher hasher = PasswordHasher.argon2id(parameters, 1, random);
        if (!hash(hasher).startsWith("$argon2id$")) {
          return "Argon2 is not available on this platform; passwords are hashed with PBKDF2.\n";
        }
        measured.add(measure(parameters, hasher, rounds, end, step, progress));
      }
    }
    return report(targetMillis, measured, stopped);
  }

  /** Far beyond: a guess must not keep what may fit from being measured. */
  private static boolean isBeyond(int targetMillis, Measured last, Argon2Parameters next) {
    return last.medianMillis() > targetMillis || last.millisOf(next) > 1.5 * targetMillis;
  }

  private static Measured measure(
      Argon2Parameters parameters,
      PasswordHasher hasher,
      int rounds,
      long end,
      int step,
      Progress progress) {
    long[] nanos = new long[rounds];
    int done = 0;
    do {
      progress.at((step + (double) done / rounds) / STEPS.size());
      long begin = System.nanoTime();
      String unused = hash(hasher);
      nanos[done++] = System.nanoTime() - begin;
    } while (done < rounds && System.nanoTime() - end < 0);
    Arrays.sort(nanos, 0, done);
    return new Measured(parameters, nanos[done / 2] / 1e6, done);
  }

  private static String hash(PasswordHasher hasher) {
    return hasher.hash(Password.of("a password to measure with")).encoded();
  }

  private static String report(int targetMillis, List<Measured> measured, String stopped) {
    Measured suggested = measured.get(0);
    List<String> lines = new ArrayList<>();
    lines.add("Argon2id with one lane, one hash at a time, on the node that ran this:");
    for (Measured each : measured) {
      lines.add(each.text());
      suggested = each.medianMillis() <= targetMillis ? each : suggested;
    }
    if (!stopped.isEmpty()) {
      lines.add(stopped);
    }
    lines.add("");
    lines.add("Suggested: " + text(suggested.parameters()) + ",");
    lines.add(
        suggested.medianMillis() <= targetMillis
            ? "the costliest of these that takes no more than " + targetMillis + " ms here."
            : "the least that is safe, although it takes more than " + targetMillis + " ms here.");
    Argon2Parameters parameters = suggested.parameters();
    lines.add(
        String.format(
            Locale.ROOT,
            "In the application: TaskAuth.builder().argon2(new Argon2Parameters(%d, %d, %d))",
            parameters.memoryKib(),
            parameters.passes(),
            parameters.lanes()));
    return String.join("\n", lines) + "\n";
  }

  private static Measured last(List<Measured> measured) {
    return measured.get(measured.size() - 1);
  }

  private static Argon2Parameters mebibytes(int memory, int passes) {
    return new Argon2Parameters(memory * 1024, passes, 1);
  }

  private static double work(Argon2Parameters parameters) {
    return (double) parameters.memoryKib() * parameters.passes();
  }

  private static String text(Argon2Parameters parameters) {
    int passes = parameters.passes();
    return (parameters.memoryKib() / 1024)
        + " MiB, "
        + (passes == 1 ? "1 pass" : passes + " passes");
  }
}

package io.taskauth.server.task;

import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHasher;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures what a password hash costs on this machine, and suggests parameters. */
public final class HashCalibration implements Task {
  private static final long AIM_MILLIS = 250;

  /** In the order of what they cost an attacker. */
  private static final List<Argon2Parameters> SETS =
      List.of(
          Argon2Parameters.OWASP,
          new Argon2Parameters(46 * 1024, 1, 1),
          new Argon2Parameters(46 * 1024, 2, 1),
          new Argon2Parameters(64 * 1024, 3, 1),
          new Argon2Parameters(128 * 1024, 3, 1));

  private final SecureRandom random;

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

  @Override
  public Work prepare(Arguments arguments) {
    int rounds = arguments.only("rounds").integer("rounds", 3, 1, 20);
    return progress -> calibrate(rounds, progress);
  }

  private String calibrate(int rounds, Progress progress) {
    List<String> lines = new ArrayList<>();
    Argon2Parameters suggested = SETS.get(0);
    for (int set = 0; set < SETS.size(); set++) {
      Argon2Parameters parameters = SETS.get(set);
      progress.at((double) set / SETS.size());
      PasswordHasher hasher = PasswordHasher.argon2id(parameters, 1, random);
      long[] millis = new long[rounds];
      for (int round = 0; round < rounds; round++) {
        progress.at((set + (double) round / rounds) / SETS.size());
        long begin = System.nanoTime();
        String made = hasher.hash(Password.of("a password to measure with")).encoded();
        millis[round] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (!made.startsWith("$argon2id$")) {
          return "Argon2 is not available on this platform; passwords are hashed with PBKDF2.\n";
        }
      }
      Arrays.sort(millis);
      long median = millis[rounds / 2];
      lines.add(text(parameters) + ": " + median + " ms");
      if (median <= AIM_MILLIS) {
        suggested = parameters;
      }
    }
    lines.add("");
    lines.add("Suggested: " + text(suggested) + ",");
    lines.add("the costliest of these that takes no more than " + AIM_MILLIS + " ms here.");
    return String.join("\n", lines) + "\n";
  }

  private static String text(Argon2Parameters parameters) {
    int passes = parameters.passes();
    return (parameters.memoryKib() / 1024)
        + " MiB, "
        + (passes == 1 ? "1 pass" : passes + " passes");
  }
}

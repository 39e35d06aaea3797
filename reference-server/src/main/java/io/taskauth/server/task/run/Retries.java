package io.taskauth.server.task.run;

import io.taskauth.server.task.TaskSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Whether and when a run that failed is tried again. Threads may share it. */
final class Retries {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Runs that failed together must not come back together. */
  private static final double SPREAD = 0.1;

  private final RandomGenerator random;

  Retries(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param attempts how many there have been
   */
  static boolean areLeft(TaskSettings settings, int attempts) {
    return attempts <= settings.maxRetries();
  }

  /**
   * How long to wait after so many attempts: twice as long each time, give or take a tenth, an hour
   * at most.
   */
  Duration pause(TaskSettings settings, int attempts) {
    double millis =
        settings.retryBackoff().toMillis()
            * Math.pow(2, attempts - 1)
            * (1 - SPREAD + 2 * SPREAD * random.nextDouble());
    return Duration.ofMillis(Math.min(LONGEST.toMillis(), (long) millis));
  }
}

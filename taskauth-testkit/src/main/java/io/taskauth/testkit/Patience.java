package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and other nodes do, and no longer than it takes. */
final class Patience {
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private Patience() {}

  /** Fails where it is not so by then. */
  static void await(String what, Duration atMost, BooleanSupplier condition) {
    assertThat(comesTrue(atMost, condition)).as("%s within %s", what, atMost).isTrue();
  }

  static boolean comesTrue(Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}

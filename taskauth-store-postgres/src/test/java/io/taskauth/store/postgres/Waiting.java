package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere, and no longer than it takes. */
final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Waiting() {}

  /** A store that is out means: not yet. */
  static void until(String what, Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!holds(condition)) {
      assertThat(System.nanoTime() - end).as("%s within %s", what, atMost).isNegative();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (AuthStoreException e) {
      return false;
    }
  }
}

package io.taskauth.store.redis;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what takes a moment. */
final class Eventually {
  private Eventually() {}

  static void within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not so within " + limit);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}

package io.taskauth.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one line through per second: what fails for every request must not fill the log. */
public final class LogPause {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE);

  /** Whether it is time for a line; true for one of many threads that ask at once. */
  public boolean isOver() {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= PAUSE && last.compareAndSet(before, now);
  }
}

package io.taskauth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. Threads may share it. */
public final class SettableClock implements InstantSource {
  private volatile Instant now;

  /** A clock at noon of some day, on a full second. */
  public SettableClock() {
    this(Instant.parse("2026-03-01T12:00:00Z"));
  }

  public SettableClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves the clock, back too if {@code by} is negative; gives the new time. */
  public synchronized Instant advance(Duration by) {
    now = now.plus(by);
    return now;
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }
}

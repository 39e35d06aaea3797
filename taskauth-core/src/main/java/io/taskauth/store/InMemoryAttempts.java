package io.taskauth.store;

import io.taskauth.login.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Attempts counted by this process alone; also for hosts that have no store at all. */
public final class InMemoryAttempts implements AttemptStore {
  private static final int SWEEP_FROM = 10_000;

  private final Map<String, Attempts> windows = new ConcurrentHashMap<>();
  private final AtomicInteger sweepAt = new AtomicInteger(SWEEP_FROM);

  /** Nothing counted yet. */
  public InMemoryAttempts() {}

  @Override
  public Map<String, Attempts> count(Collection<String> keys, Duration window, Instant now) {
    sweepWhenLarge(now);
    Map<String, Attempts> counted = new HashMap<>();
    for (String key : keys) {
      Attempts next =
          windows.merge(
              key,
              new Attempts(1, now.plus(window)),
              (before, first) ->
                  before.windowEndsAt().isAfter(now)
                      ? new Attempts(before.count() + 1, before.windowEndsAt())
                      : first);
      counted.put(key, next);
    }
    return counted;
  }

  /** Without a store nobody sweeps on schedule: each doubling pays for a look at what has ended. */
  private void sweepWhenLarge(Instant now) {
    int threshold = sweepAt.get();
    if (windows.size() > threshold && sweepAt.compareAndSet(threshold, Integer.MAX_VALUE)) {
      int unused = sweep(now, Integer.MAX_VALUE);
      sweepAt.set(Math.max(SWEEP_FROM, 2 * windows.size()));
    }
  }

  @Override
  public void release(Collection<String> refund, Collection<String> forget) {
    refund.forEach(
        key ->
            windows.computeIfPresent(
                key,
                (same, w) ->
                    w.count() <= 1 ? null : new Attempts(w.count() - 1, w.windowEndsAt())));
    forget.forEach(windows::remove);
  }

  @Override
  public int sweep(Instant now, int limit) {
    List<String> past =
        windows.entrySet().stream()
            .filter(e -> !e.getValue().windowEndsAt().isAfter(now))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    past.forEach(
        key -> windows.computeIfPresent(key, (k, w) -> w.windowEndsAt().isAfter(now) ? w : null));
    return past.size();
  }
}

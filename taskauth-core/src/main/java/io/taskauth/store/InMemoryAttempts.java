package io.taskauth.store;

import io.taskauth.login.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Attempts counted by this process alone; also for hosts that have no store at all. */
public final class InMemoryAttempts implements AttemptStore {
  private final Map<String, Attempts> windows = new ConcurrentHashMap<>();

  @Override
  public Map<String, Attempts> count(Collection<String> keys, Duration window, Instant now) {
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

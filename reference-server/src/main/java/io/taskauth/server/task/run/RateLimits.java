package io.taskauth.server.task.run;

import io.taskauth.login.AttemptStore;
import io.taskauth.login.AttemptStore.Attempts;
import io.taskauth.server.task.Rate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many runs may begin in a time, counted in the store for all nodes together. For one thread.
 */
final class RateLimits {
  /** What has been counted for one run that is about to begin. */
  record Counted(List<String> keys) {
    static final Counted NOTHING = new Counted(List.of());
  }

  private final AttemptStore attempts;

  /** Until when a window is known to be full, so that nobody counts in vain meanwhile. */
  private final Map<String, Instant> full = new HashMap<>();

  RateLimits(AttemptStore attempts) {
    this.attempts = attempts;
  }

  /**
   * Counts one more run.
   *
   * @return what to give back where none begins, or null where it has to wait
   */
  @Nullable Counted count(Map<String, Rate> limits, Instant now) {
    List<String> counted = new ArrayList<>();
    for (Map.Entry<String, Rate> limit : limits.entrySet()) {
      Rate rate = limit.getValue();
      // The limit is in the name: another one begins to count anew.
      String key = limit.getKey() + " " + rate;
      if (full.getOrDefault(key, now).isAfter(now)) {
        giveBack(new Counted(counted));
        return null;
      }
      Attempts window = attempts.count(List.of(key), rate.window(), now).get(key);
      counted.add(key);
      if (window != null && window.count() > rate.count()) {
        full.put(key, window.windowEndsAt());
        giveBack(new Counted(counted));
        return null;
      }
    }
    return new Counted(counted);
  }

  void giveBack(Counted counted) {
    if (!counted.keys().isEmpty()) {
      attempts.release(counted.keys(), List.of());
    }
  }

  /** When there is room again at the earliest; null where nothing is known to be full. */
  @Nullable Instant nextRoom(Instant now) {
    full.values().removeIf(end -> !end.isAfter(now));
    return full.values().stream().min(Instant::compareTo).orElse(null);
  }
}

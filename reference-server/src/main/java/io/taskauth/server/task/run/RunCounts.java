package io.taskauth.server.task.run;

import io.taskauth.server.task.run.RunEvent.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What came of runs on this node since it started. Threads may share it. */
public final class RunCounts {
  private record Key(String task, Kind kind) {}

  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  void count(RunEvent event) {
    counts
        .computeIfAbsent(new Key(event.run().task(), event.kind()), same -> new LongAdder())
        .increment();
  }

  public long of(String task, Kind kind) {
    LongAdder count = counts.get(new Key(task, kind));
    return count == null ? 0 : count.sum();
  }
}

package io.taskauth.server.task.middleware;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** How long attempts took on this node since it started. Threads may share it. */
public final class RunTimes implements MeterBinder {
  /**
   * @param count how many attempts
   * @param nanos of all together
   * @param longestNanos of the longest one
   */
  public record Times(long count, long nanos, long longestNanos) {
    static final Times NONE = new Times(0, 0, 0);

    private Times plus(Times other) {
      return new Times(
          count + other.count, nanos + other.nanos, Math.max(longestNanos, other.longestNanos));
    }
  }

  private final Map<String, Times> byTask = new ConcurrentHashMap<>();
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

  /** From now on the registry has a timer {@code taskauth.task.run}. */
  @Override
  public void bindTo(MeterRegistry registry) {
    registries.add(registry);
  }

  void record(String task, String outcome, long nanos) {
    byTask.merge(task, new Times(1, nanos, nanos), Times::plus);
    for (MeterRegistry registry : registries) {
      Timer.builder("taskauth.task.run")
          .description("Attempts at tasks on this node")
          .tag("task", task)
          .tag("outcome", outcome)
          .register(registry)
          .record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  public Times of(String task) {
    return byTask.getOrDefault(task, Times.NONE);
  }
}

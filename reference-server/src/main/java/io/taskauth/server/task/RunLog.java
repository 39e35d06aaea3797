package io.taskauth.server.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The runs on record, in memory: those that are not finished, and the last finished ones. Whoever
 * listens is told of the changes to each run in their order. Threads may share it.
 */
final class RunLog {
  private final int capacity;
  private final Map<UUID, Run> runs = new LinkedHashMap<>();
  private final List<Consumer<Run>> listeners = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  RunLog(int capacity) {
    this.capacity = capacity;
  }

  /** Called under the lock, which keeps the order: it must be quick and must not come back. */
  void onChange(Consumer<Run> listener) {
    lock.lock();
    try {
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  void add(Run run) {
    lock.lock();
    try {
      put(run);
      runs.values().stream()
          .filter(old -> old.status().isFinished())
          .limit(Math.max(0, runs.size() - capacity))
          .map(Run::id)
          .toList()
          .forEach(runs::remove);
    } finally {
      lock.unlock();
    }
  }

  /** The run as it is after the change; empty where there is no such run. */
  Optional<Run> change(UUID id, UnaryOperator<Run> change) {
    lock.lock();
    try {
      Run before = runs.get(id);
      if (before == null) {
        return Optional.empty();
      }
      Run after = change.apply(before);
      if (!after.equals(before)) {
        put(after);
      }
      return Optional.of(after);
    } finally {
      lock.unlock();
    }
  }

  private void put(Run run) {
    runs.put(run.id(), run);
    listeners.forEach(listener -> listener.accept(run));
    if (run.status().isFinished()) {
      idle.signalAll();
    }
  }

  Optional<Run> find(UUID id) {
    lock.lock();
    try {
      return Optional.ofNullable(runs.get(id));
    } finally {
      lock.unlock();
    }
  }

  List<Run> newest(RunFilter filter, int limit) {
    List<Run> all;
    lock.lock();
    try {
      all = new ArrayList<>(runs.values());
    } finally {
      lock.unlock();
    }
    Collections.reverse(all);
    return all.stream().filter(filter::matches).limit(limit).toList();
  }

  /** How many wait or run. */
  int inFlight() {
    lock.lock();
    try {
      return (int) runs.values().stream().filter(run -> !run.status().isFinished()).count();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until none waits or runs; false where that takes longer. */
  boolean awaitIdle(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (inFlight() > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return inFlight() == 0;
    } finally {
      lock.unlock();
    }
  }
}

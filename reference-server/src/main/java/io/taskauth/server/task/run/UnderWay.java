package io.taskauth.server.task.run;

import io.taskauth.server.task.run.RunningAttempt.End;
import io.taskauth.work.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The attempts that this node is at, and whether it takes more. Threads may share it. */
final class UnderWay {
  private final int atOnce;
  private final String worker;
  private final Set<RunningAttempt> attempts = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  /**
   * @param worker what this node calls itself in the store
   */
  UnderWay(int atOnce, String worker) {
    this.atOnce = atOnce;
    this.worker = worker;
  }

  String worker() {
    return worker;
  }

  boolean isFull() {
    return size() >= atOnce;
  }

  int size() {
    lock.lock();
    try {
      return attempts.size();
    } finally {
      lock.unlock();
    }
  }

  List<RunningAttempt> all() {
    lock.lock();
    try {
      return List.copyOf(attempts);
    } finally {
      lock.unlock();
    }
  }

  void add(RunningAttempt attempt) {
    lock.lock();
    try {
      attempts.add(attempt);
    } finally {
      lock.unlock();
    }
  }

  void remove(RunningAttempt attempt) {
    lock.lock();
    try {
      attempts.remove(attempt);
      if (attempts.isEmpty()) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks what a run has become meanwhile: asked to end, or somebody else's. */
  void heard(WorkItem item, Instant now) {
    for (RunningAttempt attempt : all()) {
      // What was read before this attempt began has a lower number, and says nothing about it.
      if (attempt.id().equals(item.id()) && item.attempts() >= attempt.number()) {
        if (!item.isHeldBy(worker, attempt.number())) {
          attempt.end(End.LOST, now);
        } else if (item.cancelRequested()) {
          attempt.end(End.CANCELLED, now);
        }
      }
    }
  }

  /** Waits until there is none; false where that takes longer. */
  boolean awaitIdle(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!attempts.isEmpty() && left > 0) {
        left = idle.awaitNanos(left);
      }
      return attempts.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}

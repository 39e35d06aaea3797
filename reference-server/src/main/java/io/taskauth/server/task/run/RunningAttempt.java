package io.taskauth.server.task.run;

import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.middleware.Outcome;
import io.taskauth.work.Work;
import io.taskauth.work.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that this node is at: how far it is, how long it has, and whether it shall end. The
 * thread that is at it, the heartbeat and whoever cancels it share this.
 */
final class RunningAttempt {
  /** Why an attempt shall end before it has come to its own end. */
  enum End {
    NONE,
    CANCELLED,
    TIMED_OUT,
    LOST
  }

  private final Work work;
  private final Task task;
  private final Duration limit;
  private final Instant begun;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private End end = End.NONE;
  private @Nullable Instant endedAt;
  private boolean abandoned;
  private volatile double progress;
  private volatile Instant leaseUntil;

  RunningAttempt(Work work, Task task, Duration limit, Instant begun, Instant leaseUntil) {
    this.work = work;
    this.task = task;
    this.limit = limit;
    this.begun = begun;
    this.leaseUntil = leaseUntil;
  }

  Work work() {
    return work;
  }

  WorkItem item() {
    return work.item();
  }

  UUID id() {
    return work.item().id();
  }

  int number() {
    return work.item().attempts();
  }

  Task task() {
    return task;
  }

  double progress() {
    return progress;
  }

  Instant leaseUntil() {
    return leaseUntil;
  }

  void held(Instant until) {
    leaseUntil = until;
  }

  /** Does it, on this thread, until it is done or has noticed that it shall end. */
  Outcome perform(Callable<String> body) {
    Outcome outcome;
    enter();
    try {
      outcome = new Outcome.Succeeded(body.call());
    } catch (BadArgumentsException e) {
      outcome = new Outcome.Failed(String.valueOf(e.getMessage()), false, null);
    } catch (Throwable e) {
      // An error too: a run that is never finished would hold up every drain.
      outcome = new Outcome.Failed("It failed.", true, e);
    }
    return leave(outcome);
  }

  private void enter() {
    lock.lock();
    try {
      thread = Thread.currentThread();
      if (end == End.TIMED_OUT || end == End.LOST) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private Outcome leave(Outcome outcome) {
    lock.lock();
    try {
      thread = null;
      // What was meant for the task must not hit what comes after it.
      boolean unused = Thread.interrupted();
      if (end == End.LOST) {
        return new Outcome.Lost();
      }
      if (end == End.TIMED_OUT) {
        return new Outcome.Failed("It took longer than " + inWords(limit) + ".", true, null);
      }
      boolean asked = end == End.CANCELLED;
      return asked && isCancellation(outcome) ? new Outcome.Cancelled() : outcome;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isCancellation(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && failed.cause() instanceof CancellationException;
  }

  /** For the task: how far it is. */
  void at(double fraction) {
    if (fraction > progress && fraction <= 1) {
      progress = fraction;
    }
    if (end() != End.NONE) {
      throw new CancellationException();
    }
  }

  private End end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks it to end. A cancelled one notices when it next says how far it is; in the other cases
   * nobody waits for that any more, and it is interrupted. The first reason holds, but a run that
   * is lost is lost.
   */
  void end(End reason, Instant now) {
    lock.lock();
    try {
      boolean urgent = reason == End.TIMED_OUT || reason == End.LOST;
      boolean later = end == End.NONE || (end == End.CANCELLED && urgent) || reason == End.LOST;
      if (!later || end == reason) {
        return;
      }
      end = reason;
      if (urgent) {
        endedAt = now;
        if (thread != null) {
          thread.interrupt();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isPastLimit(Instant now) {
    return !now.isBefore(begun.plus(limit));
  }

  /**
   * Gives it up where it was interrupted that long ago and still goes on.
   *
   * @return why it should have ended; NONE where it need not be given up, or was already
   */
  End abandonAfter(Duration grace, Instant now) {
    lock.lock();
    try {
      if (abandoned || thread == null || endedAt == null || now.isBefore(endedAt.plus(grace))) {
        return End.NONE;
      }
      abandoned = true;
      return end;
    } finally {
      lock.unlock();
    }
  }

  boolean isAbandoned() {
    lock.lock();
    try {
      return abandoned;
    } finally {
      lock.unlock();
    }
  }

  Duration limit() {
    return limit;
  }

  static String inWords(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) >= 0) {
      return time.toMinutes() + " minutes";
    }
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " seconds"
        : time.toMillis() + " milliseconds";
  }
}

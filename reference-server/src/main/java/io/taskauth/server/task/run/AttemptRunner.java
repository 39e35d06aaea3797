package io.taskauth.server.task.run;

import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskSettings;
import io.taskauth.server.task.middleware.Attempt;
import io.taskauth.server.task.middleware.Middlewares;
import io.taskauth.server.task.middleware.Outcome;
import io.taskauth.server.task.run.RunEvent.Kind;
import io.taskauth.server.task.run.RunningAttempt.End;
import io.taskauth.server.task.settings.TaskOverrides;
import io.taskauth.store.AuthStoreException;
import io.taskauth.work.Settlement;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one attempt, and tells the store what came of it. Threads share it. */
final class AttemptRunner {
  /** How many finished runs of each task are kept. */
  static final int KEPT = 200;

  private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);
  private static final int TRIM_EVERY = 20;
  private static final int TRIM_AT_MOST = 1000;
  private static final long STORE_PAUSE_NANOS = 300_000_000L;

  private final WorkStore store;
  private final UnderWay underWay;
  private final RunInput input;
  private final Middlewares middlewares;
  private final TaskOverrides overrides;
  private final Retries retries;
  private final InstantSource clock;
  private final RunListeners<RunEvent> listeners;
  private final AtomicInteger finished = new AtomicInteger();

  AttemptRunner(
      WorkStore store,
      UnderWay underWay,
      RunInput input,
      Middlewares middlewares,
      TaskOverrides overrides,
      Retries retries,
      InstantSource clock,
      RunListeners<RunEvent> listeners) {
    this.store = store;
    this.underWay = underWay;
    this.input = input;
    this.middlewares = middlewares;
    this.overrides = overrides;
    this.retries = retries;
    this.clock = clock;
    this.listeners = listeners;
  }

  /** On a thread of its own. */
  void run(RunningAttempt attempt) {
    try {
      listeners.tell(new RunEvent(Kind.STARTED, Run.of(attempt.item())));
      Outcome outcome = outcome(attempt);
      if (!attempt.isAbandoned()) {
        finish(attempt, outcome);
      }
    } finally {
      underWay.remove(attempt);
    }
  }

  private Outcome outcome(RunningAttempt attempt) {
    WorkItem item = attempt.item();
    Attempt shown =
        new Attempt(
            item.id(),
            item.name(),
            item.label(),
            item.attempts(),
            input.open(attempt.task(), item.id(), attempt.work().input()));
    try {
      return middlewares
          .chain(item.name(), seen -> attempt.perform(() -> perform(attempt)))
          .run(shown);
    } catch (RuntimeException e) {
      log.error("what stands around run {} failed", item.id(), e);
      return new Outcome.Failed("It failed; the server's log says why.", true, e);
    }
  }

  private String perform(RunningAttempt attempt) throws Exception {
    Task task = attempt.task();
    return task.prepare(input.read(attempt.id(), attempt.work().input())).run(attempt::at);
  }

  /** A run whose attempt must not even begin. */
  void giveUp(RunningAttempt attempt, Outcome outcome) {
    try {
      finish(attempt, outcome);
    } finally {
      underWay.remove(attempt);
    }
  }

  /** An attempt that ends for everybody but itself. */
  void abandon(RunningAttempt attempt, End reason) {
    underWay.remove(attempt);
    if (reason == End.TIMED_OUT) {
      // Not again: while it goes on there would be two at it.
      String sentence =
          "It took longer than %s and could not be stopped."
              .formatted(RunningAttempt.inWords(attempt.limit()));
      finish(attempt, new Outcome.Failed(sentence, false, null));
    }
  }

  private void finish(RunningAttempt attempt, Outcome outcome) {
    if (outcome instanceof Outcome.Lost) {
      log.info("run {} is no longer this node's; what came of it is dropped", attempt.id());
    } else if (settle(attempt, settlement(attempt, outcome))) {
      afterwards(attempt);
    }
  }

  private void afterwards(RunningAttempt attempt) {
    try {
      store.find(attempt.id()).ifPresent(now -> tell(attempt, Run.of(now.item())));
      if (finished.incrementAndGet() % TRIM_EVERY == 0) {
        int unused = store.trim(TaskRunner.POOL, KEPT, TRIM_AT_MOST);
      }
    } catch (AuthStoreException e) {
      log.warn("run {} has ended, and nobody could be told", attempt.id(), e);
    }
  }

  private Settlement settlement(RunningAttempt attempt, Outcome outcome) {
    Instant now = clock.instant();
    if (outcome instanceof Outcome.Succeeded succeeded) {
      String result = ResultText.kept(succeeded.result(), attempt.task().resultKind().max());
      return Settlement.finished(WorkStatus.SUCCEEDED, now, null, result);
    }
    if (outcome instanceof Outcome.Failed failed) {
      TaskSettings settings = overrides.effective(attempt.task());
      return failed.again() && Retries.areLeft(settings, attempt.number())
          ? Settlement.again(
              now, now.plus(retries.pause(settings, attempt.number())), failed.note(), null)
          : Settlement.finished(WorkStatus.FAILED, now, failed.note(), null);
    }
    return Settlement.finished(WorkStatus.CANCELLED, now, null, null);
  }

  /** While the store is out it is tried again, for as long as the run is surely still ours. */
  private boolean settle(RunningAttempt attempt, Settlement settlement) {
    while (true) {
      try {
        return store.settle(attempt.id(), underWay.worker(), attempt.number(), settlement);
      } catch (AuthStoreException e) {
        if (!clock.instant().isBefore(attempt.leaseUntil())) {
          log.warn("what came of run {} could not be kept; it is done again", attempt.id(), e);
          return false;
        }
        LockSupport.parkNanos(STORE_PAUSE_NANOS);
      }
    }
  }

  private void tell(RunningAttempt attempt, Run now) {
    // Somebody may have taken it for the next attempt already, or asked for its end.
    Kind kind =
        switch (now.attempts() > attempt.number() ? RunStatus.QUEUED : now.status()) {
          case QUEUED, RUNNING -> Kind.RETRIED;
          case SUCCEEDED -> Kind.SUCCEEDED;
          case FAILED -> Kind.FAILED;
          case CANCELLED -> Kind.CANCELLED;
        };
    listeners.tell(new RunEvent(kind, now));
  }
}

package io.taskauth.server.task.run;

import io.taskauth.server.task.run.RunningAttempt.End;
import io.taskauth.work.WorkStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the attempts of this node: renews their leases, tells how far they are, hears that
 * they shall end, and ends those that take too long.
 */
final class Heartbeat implements AutoCloseable {
  /** For how long a run is this node's, unless it says so again. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** How long an attempt may go on after it was interrupted. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final long TICK_MILLIS = 100;
  private static final long TELL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long RENEW_NANOS = Duration.ofSeconds(5).toNanos();

  /** Smaller steps are not worth telling everybody. */
  private static final double STEP = 0.01;

  private record Told(double progress, long nanos) {}

  private final UnderWay underWay;
  private final WorkStore store;
  private final AttemptRunner runner;
  private final InstantSource clock;
  private final StoreOutage outage = new StoreOutage("renewing the leases of runs");
  private final Map<RunningAttempt, Told> told = new WeakHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Threads.named("task-heartbeat"));

  Heartbeat(UnderWay underWay, WorkStore store, AttemptRunner runner, InstantSource clock) {
    this.underWay = underWay;
    this.store = store;
    this.runner = runner;
    this.clock = clock;
  }

  void begin() {
    var unused =
        thread.scheduleWithFixedDelay(this::beat, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    for (RunningAttempt attempt : underWay.all()) {
      try {
        limit(attempt);
        if (isDue(attempt)) {
          hold(attempt);
          outage.over();
        }
      } catch (RuntimeException | Error e) {
        outage.began(e);
        // Beyond that another node may be at it, and two at once would be worse than once more.
        if (!clock.instant().isBefore(attempt.leaseUntil())) {
          attempt.end(End.LOST, clock.instant());
        }
      }
    }
  }

  private void limit(RunningAttempt attempt) {
    Instant now = clock.instant();
    if (attempt.isPastLimit(now)) {
      attempt.end(End.TIMED_OUT, now);
    }
    End reason = attempt.abandonAfter(GRACE, now);
    if (reason != End.NONE) {
      log.error(
          "run {} of {} was interrupted and goes on all the same; another thread takes its place,"
              + " and what comes of it does not count",
          attempt.id(),
          attempt.task().name());
      runner.abandon(attempt, reason);
    }
  }

  private boolean isDue(RunningAttempt attempt) {
    Told before = told.computeIfAbsent(attempt, same -> new Told(0, System.nanoTime()));
    long since = System.nanoTime() - before.nanos();
    boolean further = attempt.progress() >= before.progress() + STEP;
    return since > RENEW_NANOS || (further && since > TELL_NANOS);
  }

  private void hold(RunningAttempt attempt) {
    Instant now = clock.instant();
    Instant until = now.plus(LEASE);
    double progress = attempt.progress();
    switch (store.hold(attempt.id(), underWay.worker(), attempt.number(), until, progress)) {
      case HELD -> attempt.held(until);
      case CANCEL_REQUESTED -> {
        attempt.held(until);
        attempt.end(End.CANCELLED, now);
      }
      case LOST -> attempt.end(End.LOST, now);
    }
    @Nullable Told unused = told.put(attempt, new Told(progress, System.nanoTime()));
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

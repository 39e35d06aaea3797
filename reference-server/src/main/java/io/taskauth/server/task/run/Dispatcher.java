package io.taskauth.server.task.run;

import io.taskauth.server.task.middleware.Outcome;
import io.taskauth.server.task.run.RunningAttempt.End;
import io.taskauth.server.task.settings.LiveSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this node that takes runs out of the store, whenever there is a thread free to
 * do them. It looks when something has changed, when something becomes due, and once a second. A
 * store that is out makes it wait, never end.
 */
final class Dispatcher implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final LiveSettings settings;
  private final Schedules schedules;
  private final Turns turns;
  private final UnderWay underWay;
  private final AttemptRunner runner;
  private final InstantSource clock;
  private final StoreOutage outage = new StoreOutage("taking runs");
  private final ExecutorService workers = Executors.newCachedThreadPool(Threads.numbered("task"));
  private final Thread thread = Threads.named("task-dispatcher").newThread(this::loop);

  /** Held while a run is taken: whoever drains knows afterwards that none is on its way. */
  private final ReentrantLock taking = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;
  private boolean closed;
  private volatile boolean draining;

  Dispatcher(
      LiveSettings settings,
      Schedules schedules,
      Turns turns,
      UnderWay underWay,
      AttemptRunner runner,
      InstantSource clock) {
    this.settings = settings;
    this.schedules = schedules;
    this.turns = turns;
    this.underWay = underWay;
    this.runner = runner;
    this.clock = clock;
  }

  void begin() {
    thread.start();
  }

  /** Makes it look. Comes back at once. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void drain(boolean value) {
    taking.lock();
    try {
      draining = value;
    } finally {
      taking.unlock();
    }
    wake();
  }

  boolean isDraining() {
    return draining;
  }

  private void loop() {
    while (await(look())) {
      // Again.
    }
  }

  private Duration look() {
    try {
      settings.refresh();
      Instant now = clock.instant();
      Instant tick = draining ? null : schedules.tick(now);
      while (takeOne(now)) {
        // The next one.
      }
      outage.over();
      return earliest(now, tick, turns.next(now));
    } catch (RuntimeException | Error e) {
      // Whatever it is: without this thread nothing would run here until the next start.
      outage.began(e);
      return POLL;
    }
  }

  private static Duration earliest(Instant now, @Nullable Instant... instants) {
    Duration earliest = POLL;
    for (Instant instant : instants) {
      if (instant != null && Duration.between(now, instant).compareTo(earliest) < 0) {
        earliest = Duration.between(now, instant);
      }
    }
    return earliest;
  }

  private boolean takeOne(Instant now) {
    taking.lock();
    try {
      if (draining || underWay.isFull()) {
        return false;
      }
      Optional<Turns.Taken> taken = turns.take(now);
      taken.ifPresent(run -> begin(run, now));
      return taken.isPresent();
    } finally {
      taking.unlock();
    }
  }

  private void begin(Turns.Taken taken, Instant now) {
    RunningAttempt attempt =
        new RunningAttempt(
            taken.work(), taken.task(), taken.settings().timeout(), now, taken.until());
    underWay.add(attempt);
    try {
      handOver(attempt, taken);
    } catch (RuntimeException | Error e) {
      underWay.remove(attempt);
      throw e;
    }
  }

  private void handOver(RunningAttempt attempt, Turns.Taken taken) {
    workers.execute(
        () -> {
          try {
            begin(attempt, taken);
          } finally {
            wake();
          }
        });
  }

  private void begin(RunningAttempt attempt, Turns.Taken taken) {
    int before = attempt.number() - 1;
    if (attempt.item().cancelRequested()) {
      // Whoever had it was asked to end it, and has not been heard of since.
      runner.giveUp(attempt, new Outcome.Cancelled());
    } else if (before > 0 && !Retries.areLeft(taken.settings(), before)) {
      String sentence =
          "It was begun %d times, as often as it may be, and the servers that had it stopped."
              .formatted(before);
      runner.giveUp(attempt, new Outcome.Failed(sentence, false, null));
    } else {
      runner.run(attempt);
    }
  }

  /** Asks everything that is under way here to end. */
  void cancelAll() {
    underWay.all().forEach(attempt -> attempt.end(End.CANCELLED, clock.instant()));
  }

  /**
   * @return whether to go on
   */
  private boolean await(Duration atMost) {
    lock.lock();
    try {
      long left = Math.max(1, atMost.toNanos());
      while (!woken && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what is under way goes on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    workers.shutdown();
  }
}

package io.taskauth;

import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then, on one thread behind the requests: noting when sessions and
 * tokens were last used, and removing what has ended. Removal goes in small batches, on one node at
 * a time, so that it never keeps a sign-in waiting.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final int BATCH = 500;

  /** Of each part in one turn: 200 000 rows, so that what a flood leaves does not pile up. */
  private static final int MAX_BATCHES = 400;

  /** How long a token that has ended can still be asked about. */
  private static final Duration ENDED_TOKENS = Duration.ofDays(30);

  private final List<Runnable> flushes;
  private final AuthStore store;
  private final int auditEvents;
  private final InstantSource clock;
  private final SweepTurn turn;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "taskauth-housekeeping");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * @param flushes what writes down the last uses that were noted
   * @param auditEvents how many the store keeps
   */
  Housekeeping(List<Runnable> flushes, AuthStore store, int auditEvents, InstantSource clock) {
    this.flushes = flushes;
    this.store = store;
    this.auditEvents = auditEvents;
    this.clock = clock;
    this.turn = new SweepTurn(store.settings(), clock);
  }

  void start() {
    for (Runnable flush : flushes) {
      var unused = thread.scheduleWithFixedDelay(quietly(flush), 5, 5, TimeUnit.SECONDS);
    }
    var unused = thread.scheduleWithFixedDelay(quietly(this::takeTurn), 30, 60, TimeUnit.SECONDS);
  }

  /** Sweeps, unless another node of this store does. */
  void takeTurn() {
    if (turn.take()) {
      sweep();
    }
  }

  void sweep() {
    sweep(store.sessions()::sweep);
    sweep(store.secrets()::sweep);
    sweep(store.attempts()::sweep);
    sweep((now, limit) -> store.accessTokens().sweep(now.minus(ENDED_TOKENS), limit));
    sweep((now, limit) -> store.audit().trim(auditEvents));
  }

  /** One part that fails does not keep the others from being swept. */
  private void sweep(BiFunction<Instant, Integer, Integer> part) {
    quietly(() -> sweepInBatches(part)).run();
  }

  private void sweepInBatches(BiFunction<Instant, Integer, Integer> part) {
    for (int i = 0; i < MAX_BATCHES; i++) {
      if (part.apply(clock.instant(), BATCH) < BATCH) {
        return;
      }
    }
  }

  /** A store that is out must not end the schedule. */
  private static Runnable quietly(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (AuthStoreException e) {
        // It says so every few seconds until the store is back: one line will do.
        log.warn("housekeeping has to wait for the store: {}", e.toString());
      } catch (RuntimeException | Error e) {
        log.warn("housekeeping failed and will be tried again", e);
      }
    };
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flushes.forEach(flush -> quietly(flush).run());
  }
}

package io.taskauth;

import io.taskauth.session.StoredSessions;
import io.taskauth.store.AuthStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then, on one thread behind the requests: noting when sessions were
 * last used, and removing what has ended. Removal goes in small batches, so that it never keeps a
 * sign-in waiting.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final int BATCH = 500;
  private static final int MAX_BATCHES = 20;

  private final StoredSessions sessions;
  private final AuthStore store;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "taskauth-housekeeping");
            daemon.setDaemon(true);
            return daemon;
          });

  Housekeeping(StoredSessions sessions, AuthStore store, InstantSource clock) {
    this.sessions = sessions;
    this.store = store;
    this.clock = clock;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(quietly(sessions::flush), 5, 5, TimeUnit.SECONDS);
    unused = thread.scheduleWithFixedDelay(quietly(this::sweep), 30, 60, TimeUnit.SECONDS);
  }

  private void sweep() {
    sweep(store.sessions()::sweep);
    sweep(store.secrets()::sweep);
    sweep(store.attempts()::sweep);
  }

  private void sweep(BiFunction<Instant, Integer, Integer> part) {
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
    quietly(sessions::flush).run();
  }
}

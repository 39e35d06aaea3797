package io.taskauth;

import io.taskauth.store.AuthStoreException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then, on one thread behind the requests: noting when sessions and
 * tokens were last used, and, unless the host sees to it, removing what has ended, on one node at a
 * time.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final List<Runnable> flushes;
  private final Upkeep upkeep;
  private final SweepTurn turn;
  private final ScheduledExecutorService thread;

  /**
   * @param flushes what writes down the last uses that were noted
   * @param thread what all of it runs on; ends with this
   */
  Housekeeping(
      List<Runnable> flushes, Upkeep upkeep, SweepTurn turn, ScheduledExecutorService thread) {
    this.flushes = flushes;
    this.upkeep = upkeep;
    this.turn = turn;
    this.thread = thread;
  }

  /** A thread that keeps no process from ending. */
  static ScheduledExecutorService daemon() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread daemon = new Thread(task, "taskauth-housekeeping");
          daemon.setDaemon(true);
          return daemon;
        });
  }

  void scheduleFlushes() {
    for (Runnable flush : flushes) {
      var unused = thread.scheduleWithFixedDelay(quietly(flush), 5, 5, TimeUnit.SECONDS);
    }
  }

  void scheduleSweeping() {
    var unused = thread.scheduleWithFixedDelay(quietly(this::takeTurn), 30, 60, TimeUnit.SECONDS);
  }

  /** Sweeps, unless another node of this store does. */
  void takeTurn() {
    if (turn.take()) {
      sweep();
    }
  }

  void sweep() {
    quietly(upkeep::sweep).run();
    quietly(upkeep::turnOverAuditLog).run();
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

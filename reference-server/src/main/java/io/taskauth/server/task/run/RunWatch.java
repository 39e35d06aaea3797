package io.taskauth.server.task.run;

import io.taskauth.page.PageRequest;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStore;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears which runs have changed, on whatever node, looks what they are now, and tells it: to the
 * attempts of this node, and to whoever listens. One thread behind the feed's; a run that changes
 * faster than it looks is told as it is last.
 */
final class RunWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunWatch.class);
  private static final int MAX_WAITING = 20_000;
  private static final int TOLD_AFTER_A_GAP = 50;

  private final WorkStore store;
  private final UnderWay underWay;
  private final InstantSource clock;
  private final RunListeners<Run> listeners;
  private final Runnable wake;
  private final Runnable unsubscribe;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Threads.named("task-watch"));
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<UUID> waiting = new LinkedHashSet<>();

  /**
   * @param wake called for whatever changes; must come back at once
   */
  RunWatch(
      ChangeFeed feed,
      WorkStore store,
      UnderWay underWay,
      InstantSource clock,
      RunListeners<Run> listeners,
      Runnable wake) {
    this.store = store;
    this.underWay = underWay;
    this.clock = clock;
    this.listeners = listeners;
    this.wake = wake;
    this.unsubscribe = feed.subscribe(this::heard);
  }

  /** On the feed's thread, which must not ask the store. */
  private void heard(Change change) {
    if (change instanceof Change.OfWork work && work.pool().equals(TaskRunner.POOL)) {
      if (add(work.id())) {
        later(this::lookAtNext);
      }
      wake.run();
    } else if (change instanceof Change.Missed) {
      later(this::tellTheNewest);
      wake.run();
    } else if (change instanceof Change.OfSetting) {
      wake.run();
    }
  }

  private void later(Runnable look) {
    try {
      thread.execute(look);
    } catch (RejectedExecutionException e) {
      log.debug("nobody watches any more");
    }
  }

  private boolean add(UUID id) {
    lock.lock();
    try {
      return waiting.size() < MAX_WAITING && waiting.add(id);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable UUID next() {
    lock.lock();
    try {
      Iterator<UUID> first = waiting.iterator();
      if (!first.hasNext()) {
        return null;
      }
      UUID id = first.next();
      first.remove();
      return id;
    } finally {
      lock.unlock();
    }
  }

  private void lookAtNext() {
    UUID id = next();
    if (id == null) {
      return;
    }
    try {
      store.find(id).map(Work::item).ifPresent(this::tell);
    } catch (AuthStoreException e) {
      // The feed will say that something was missed, and the leases are looked at besides.
      log.debug("a run cannot be looked at", e);
    }
  }

  private void tellTheNewest() {
    try {
      store
          .newest(WorkFilter.all(TaskRunner.POOL), PageRequest.first(TOLD_AFTER_A_GAP))
          .items()
          .forEach(this::tell);
    } catch (AuthStoreException e) {
      log.debug("the newest runs cannot be looked at", e);
    }
  }

  private void tell(WorkItem item) {
    underWay.heard(item, clock.instant());
    listeners.tell(Run.of(item));
  }

  @Override
  public void close() {
    unsubscribe.run();
    thread.shutdown();
  }
}

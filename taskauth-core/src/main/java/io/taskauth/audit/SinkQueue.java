package io.taskauth.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way to one sink, which has a thread of its own: a slow one holds up neither a
 * request nor another sink. What does not fit is dropped and counted.
 */
final class SinkQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
  private static final int CAPACITY = 4096;
  private static final int TOGETHER = 256;
  private static final long COMPLAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Duration LAST_EVENTS = Duration.ofSeconds(5);

  private final AuditSink sink;
  private final AtomicLong troubles = new AtomicLong();
  private final AtomicLong complainAgainAt = new AtomicLong(System.nanoTime());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final Queue<AuditEvent> waiting = new ArrayDeque<>();
  private final Thread thread;
  private long accepted;
  private long done;
  private boolean closed;
  private volatile boolean givenUp;

  SinkQueue(AuditSink sink) {
    this.sink = sink;
    this.thread = new Thread(this::run, "taskauth-audit-" + sink.getClass().getSimpleName());
    thread.setDaemon(true);
    thread.start();
  }

  boolean isOfStore() {
    return sink instanceof StoreAuditSink;
  }

  void put(AuditEvent event) {
    if (!accept(event)) {
      complain("cannot keep up, and lost events", null);
    }
  }

  /** Queued and counted in one step: or {@link #settle} would take another's event for its own. */
  private boolean accept(AuditEvent event) {
    lock.lock();
    try {
      if (closed || waiting.size() == CAPACITY) {
        return false;
      }
      waiting.add(event);
      accepted++;
      news.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!givenUp) {
      try {
        List<AuditEvent> batch = next();
        if (batch.isEmpty()) {
          return;
        }
        hand(List.copyOf(batch));
      } catch (InterruptedException e) {
        log.debug("interrupted by close(), or by the sink, which must not end this thread", e);
      }
    }
    if (anyLeft()) {
      log.warn("the audit sink {} was stopped before its last events", sink.getClass().getName());
    }
  }

  /** Waits for something to hand over. Empty where nothing will come any more. */
  private List<AuditEvent> next() throws InterruptedException {
    // Interruptibly: an interruption that a sink has left behind must not meet the next events.
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed) {
        news.await();
      }
      List<AuditEvent> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < TOGETHER) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private boolean anyLeft() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void hand(List<AuditEvent> events) {
    try {
      sink.recordAll(events);
    } catch (Throwable e) {
      // Whatever it is: a sink in another language throws checked exceptions too.
      complain("failed", e);
    }
    lock.lock();
    try {
      done += events.size();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Once a minute at most: whoever can cause events must not fill the log instead. */
  private void complain(String what, @Nullable Throwable cause) {
    long troublesSoFar = troubles.incrementAndGet();
    long now = System.nanoTime();
    long due = complainAgainAt.get();
    if (now - due >= 0 && complainAgainAt.compareAndSet(due, now + COMPLAIN_NANOS)) {
      log.warn(
          "the audit sink {} {} ({} times so far)",
          sink.getClass().getName(),
          what,
          troublesSoFar,
          cause);
    }
  }

  /** Waits until what was put before is handed over; false where that takes too long. */
  boolean settle(Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      long awaited = accepted;
      while (done < awaited && left > 0) {
        left = progress.awaitNanos(left);
      }
      return done >= awaited;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock, so that what was accepted before is seen by the thread that hands it over. */
  private void refuseMore() {
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Hands over what is waiting, for a few seconds at most. */
  @Override
  public void close() {
    refuseMore();
    try {
      thread.join(LAST_EVENTS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    givenUp = true;
    thread.interrupt();
    if (sink instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        log.warn("the audit sink {} could not be closed", sink.getClass().getName(), e);
      }
    }
  }
}

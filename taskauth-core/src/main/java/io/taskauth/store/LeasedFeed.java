package io.taskauth.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed whose changes arrive over a connection, for stores that several nodes share. What was
 * missed is noticed, not hoped away: the feed is current only for a moment after the other side has
 * proved that everything from before has arrived here.
 *
 * <p>The store sends itself something down the way that changes take, in their order, four times
 * within a lease, and calls {@link #proven} when it is back. Whatever another node changed before
 * the sending was told before; what it changes later is at most one lease older than the last
 * answer that is given from memory. No two clocks are compared. Threads may share it.
 */
public final class LeasedFeed implements ChangeFeed {
  /** For how long nothing needs to have been heard. */
  public static final Duration LEASE = Duration.ofMillis(900);

  /** How often a store proves that its feed works. */
  public static final Duration BEAT = Duration.ofMillis(225);

  private static final Logger log = LoggerFactory.getLogger(LeasedFeed.class);

  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final LongSupplier nanoTime;
  private final AtomicLong currentUntil;
  private final AtomicLong provenSince;

  /** Whether nothing was missed since the listeners were last told so. */
  private volatile boolean up;

  private volatile boolean saidThatItIsDown;

  public LeasedFeed() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  LeasedFeed(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.currentUntil = new AtomicLong(nanoTime.getAsLong());
    this.provenSince = new AtomicLong(nanoTime.getAsLong());
  }

  @Override
  public Runnable subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public boolean isCurrent() {
    return currentUntil.get() - nanoTime.getAsLong() > 0;
  }

  @Override
  public Duration behind() {
    return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - provenSince.get()));
  }

  /** Where a moment begins whose changes {@link #proven} will be about. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /**
   * For the store: everything that was changed before {@code since} has been told by now.
   *
   * @param since from {@link #now}, read before the proof was asked for
   */
  public void proven(long since) {
    boolean anew = !up;
    if (anew) {
      // First, so that nobody answers from what was remembered, or just read, before the gap.
      publish(new Change.Missed());
    }
    provenSince.accumulateAndGet(since, LeasedFeed::later);
    currentUntil.accumulateAndGet(since + LEASE.toNanos(), LeasedFeed::later);
    if (anew && isCurrent()) {
      up = true;
      saidThatItIsDown = false;
      log.info("the change feed works: verified sessions and tokens are remembered");
    }
  }

  private static long later(long one, long other) {
    return other - one > 0 ? other : one;
  }

  /**
   * For the store: the connection is gone, and what comes through the next one begins later. The
   * listeners hear of it with the first proof after it.
   *
   * @param reason for the log
   */
  public void lost(String reason) {
    currentUntil.set(nanoTime.getAsLong());
    up = false;
    if (!saidThatItIsDown) {
      saidThatItIsDown = true;
      log.warn(
          "the change feed is down ({}): until it is back, every request asks the store", reason);
    }
  }

  /**
   * Waits until the feed is current.
   *
   * @return false where it is not by then
   */
  public boolean awaitCurrent(Duration atMost) {
    long end = nanoTime.getAsLong() + atMost.toNanos();
    while (!isCurrent() && end - nanoTime.getAsLong() > 0) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return isCurrent();
  }

  /** For the store: tells the listeners. One that fails does not keep the others from hearing. */
  public void publish(Change change) {
    for (Consumer<Change> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        log.error("a listener to changes failed, and may remember what is no longer so", e);
      }
    }
  }
}

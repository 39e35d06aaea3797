package io.taskauth.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Whether bytes move through a {@link TcpProxy}, and how fast. Threads share it. */
final class TcpFlow {
  private final ReadWriteLock moving = new ReentrantReadWriteLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private volatile CountDownLatch stalled = new CountDownLatch(0);
  private volatile Duration delay = Duration.ZERO;

  /** Once this returns no byte moves. */
  void stall() {
    moving.writeLock().lock();
    try {
      if (stalled.getCount() == 0) {
        stalled = new CountDownLatch(1);
      }
    } finally {
      moving.writeLock().unlock();
    }
  }

  void resume() {
    stalled.countDown();
  }

  void delay(Duration each) {
    delay = each;
  }

  long bytes() {
    return bytes.get();
  }

  void countRequest() {
    requests.incrementAndGet();
  }

  long requests() {
    return requests.get();
  }

  void close() {
    closed.countDown();
    resume();
  }

  /** Waits as long as it has to, and writes. */
  void move(byte[] buffer, int length, OutputStream to) throws IOException, InterruptedException {
    boolean unused = closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    while (!tryToMove(buffer, length, to)) {
      awaitResumption();
    }
  }

  private boolean tryToMove(byte[] buffer, int length, OutputStream to) throws IOException {
    moving.readLock().lock();
    try {
      if (stalled.getCount() > 0) {
        return false;
      }
      // Counted first: whoever has read it may ask for the count at once.
      bytes.addAndGet(length);
      to.write(buffer, 0, length);
      return true;
    } finally {
      moving.readLock().unlock();
    }
  }

  void awaitResumption() throws InterruptedException {
    stalled.await();
  }
}

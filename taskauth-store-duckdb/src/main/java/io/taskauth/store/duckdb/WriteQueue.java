package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer: first come, first served, and bounded. Unlike the queues of the JDK it
 * can be closed, so that what it accepted is always seen by the writer.
 */
final class WriteQueue {
  private final int capacity;
  private final Queue<PendingWrite<?>> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private boolean closed;

  WriteQueue(int capacity) {
    this.capacity = capacity;
  }

  /** What is left of the patience afterwards, in nanoseconds. */
  long put(PendingWrite<?> write, Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!closed && waiting.size() >= capacity) {
        if (left <= 0) {
          throw new AuthStoreException("the store is too busy to write; nothing was written", null);
        }
        left = notFull.awaitNanos(left);
      }
      if (closed) {
        throw new AuthStoreException("the store is closed", null);
      }
      waiting.add(write);
      notEmpty.signal();
      return left;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthStoreException("interrupted while writing; nothing was written", e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to do; empty once the queue is closed and nothing is left in it. */
  List<PendingWrite<?>> take(int atMost) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        // Nobody has the writer's thread to interrupt it; the end comes by close.
        notEmpty.awaitUninterruptibly();
      }
      List<PendingWrite<?>> taken = new ArrayList<>();
      while (!waiting.isEmpty() && taken.size() < atMost) {
        taken.add(waiting.remove());
      }
      notFull.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

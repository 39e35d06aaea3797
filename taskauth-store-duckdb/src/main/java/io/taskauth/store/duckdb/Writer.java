package io.taskauth.store.duckdb;

import io.taskauth.store.Change;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes all steps that are waiting and commits them together: most
 * of what a write costs is its commit, and steps that come one after the other cannot conflict.
 */
final class Writer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_WAITING = 1024;
  private static final int MAX_TOGETHER = 64;
  private static final int MAX_TRIES = 5;

  private final Jdbi jdbi;
  private final LocalChangeFeed feed;
  private final Duration patience;
  private final WriteQueue queue = new WriteQueue(MAX_WAITING);
  private final AtomicLong commits = new AtomicLong();
  private final Thread thread = new Thread(this::run, "taskauth-duckdb-writer");

  private Writer(Jdbi jdbi, LocalChangeFeed feed, Duration patience) {
    this.jdbi = jdbi;
    this.feed = feed;
    this.patience = patience;
  }

  static Writer start(Jdbi jdbi, LocalChangeFeed feed, Duration patience) {
    Writer writer = new Writer(jdbi, feed, patience);
    // A host that forgets to close its store must still be able to end.
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  <T> T write(Function<Transaction, T> work) {
    PendingWrite<T> write = new PendingWrite<>(work);
    return write.await(queue.put(write, patience));
  }

  long commits() {
    return commits.get();
  }

  /** For tests. */
  int waiting() {
    return queue.size();
  }

  private void run() {
    List<PendingWrite<?>> taken = queue.take(MAX_TOGETHER);
    while (!taken.isEmpty()) {
      writeAll(taken.stream().filter(PendingWrite::start).toList());
      taken = queue.take(MAX_TOGETHER);
    }
  }

  private void writeAll(List<PendingWrite<?>> writes) {
    if (writes.size() > 1 && writeTogether(writes)) {
      return;
    }
    // One by one, so that the step that failed is the only one that fails.
    writes.forEach(this::writeAlone);
  }

  private boolean writeTogether(List<PendingWrite<?>> writes) {
    try {
      commit(writes);
      return true;
    } catch (RuntimeException | Error e) {
      log.debug("{} steps could not be written together", writes.size(), e);
      return false;
    }
  }

  private void writeAlone(PendingWrite<?> write) {
    for (int tries = 1; ; tries++) {
      try {
        commit(List.of(write));
        return;
      } catch (RuntimeException | Error e) {
        if (tries == MAX_TRIES || !Conflicts.isConflict(e)) {
          // Also errors: whatever a step throws is its caller's, and this thread goes on.
          write.fail(e);
          return;
        }
      }
    }
  }

  private void commit(List<PendingWrite<?>> writes) {
    List<Runnable> thereafter = new ArrayList<>();
    // A fresh connection each time, which is cheap: statements and transactions that failed are
    // gone with it.
    Handle handle = jdbi.open();
    try {
      handle.begin();
      writes.forEach(write -> thereafter.add(write.runIn(handle, this::tell)));
      handle.commit();
    } catch (RuntimeException | Error e) {
      abandon(handle);
      throw e;
    }
    // From here on nothing may look as if it had not been written: it would be written twice.
    commits.incrementAndGet();
    quietly(handle::close);
    thereafter.forEach(Writer::quietly);
  }

  private static void abandon(Handle handle) {
    quietly(handle::rollback);
    quietly(handle::close);
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      log.warn("a connection could not be tidied up, or a caller not be told", e);
    }
  }

  private void tell(Change change) {
    try {
      feed.publish(change);
    } catch (RuntimeException | Error e) {
      log.error("a listener to changes failed, and may remember what is no longer so", e);
    }
  }

  /** Writes what is waiting, then ends. */
  @Override
  public void close() {
    queue.close();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.warn("the writer is still busy and is left behind");
    }
  }
}

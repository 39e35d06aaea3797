package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Database;
import io.taskauth.store.jdbi.QuietJdbi;
import io.taskauth.store.jdbi.Transaction;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** DuckDB as the shared SQL sees it: many readers, one writer. */
final class DuckDbDatabase implements Database, AutoCloseable {
  /** A request waits for a look-up; a step that writes may find a long queue. */
  private static final Duration READING = Duration.ofSeconds(2);

  private static final Duration WRITING = Duration.ofSeconds(10);
  private static final int READERS = 4;

  private final DuckDbInstance instance;
  private final ReadConnections readers;
  private final Jdbi reading;
  private final Writer writer;
  private final AtomicBoolean closed = new AtomicBoolean();

  DuckDbDatabase(DuckDbInstance instance, LocalChangeFeed feed) {
    this.instance = instance;
    this.readers = new ReadConnections(instance, READERS, READING);
    this.reading = QuietJdbi.over(readers);
    this.writer = Writer.start(QuietJdbi.over(instance::connection), feed, WRITING);
  }

  @Override
  public <T> T read(Function<Handle, T> query) {
    // Not withHandle, which would keep the handle in a thread-local.
    try (Handle handle = reading.open()) {
      return query.apply(handle);
    } catch (JdbiException e) {
      throw new AuthStoreException("DuckDB could not read", e);
    }
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return writer.write(work);
  }

  /** The one writer is the lock. */
  @Override
  public void lockAdministrators(Handle handle) {}

  /** The one writer is the lock. */
  @Override
  public void lockUser(Handle handle, UUID userId) {}

  /** The one writer is the lock. */
  @Override
  public void lockServices(Handle handle) {}

  /** The one writer is the lock. */
  @Override
  public void lockWork(Handle handle, String pool) {}

  /** The one writer is the lock. */
  @Override
  public void lockSchema(Handle handle) {}

  long commits() {
    return writer.commits();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      writer.close();
      readers.close();
      instance.close();
    }
  }
}

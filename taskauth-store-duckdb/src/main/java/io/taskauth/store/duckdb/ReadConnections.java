package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few connections that take turns. Each call into DuckDB keeps a platform thread busy, even for a
 * virtual one, so there are never more of them than this.
 */
final class ReadConnections implements ConnectionFactory, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReadConnections.class);
  private static final Duration LAST_READS = Duration.ofSeconds(2);

  private final int size;
  private final Duration patience;
  private final BlockingQueue<Connection> idle;
  private volatile boolean closed;
  private volatile boolean gone;

  ReadConnections(DuckDbInstance instance, int size, Duration patience) {
    this.size = size;
    this.patience = patience;
    this.idle = new ArrayBlockingQueue<>(size);
    try {
      for (int i = 0; i < size; i++) {
        idle.add(instance.connection());
      }
    } catch (SQLException e) {
      throw new AuthStoreException("DuckDB gives no connections", e);
    }
  }

  @Override
  public Connection openConnection() {
    Connection connection = closed ? null : poll(patience);
    if (closed) {
      giveBack(connection);
      throw new AuthStoreException("the store is closed", null);
    }
    if (connection == null) {
      throw new AuthStoreException("the store is too busy to read", null);
    }
    return connection;
  }

  private @Nullable Connection poll(Duration atMost) {
    try {
      return idle.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthStoreException("interrupted while waiting to read", e);
    }
  }

  private void giveBack(@Nullable Connection connection) {
    if (connection != null) {
      idle.add(connection);
    }
  }

  @Override
  public void closeConnection(Connection connection) {
    giveBack(connection);
    if (gone) {
      // A read that outlasted the store: its connection would keep the file.
      closeIdle(0);
    }
  }

  /** Waits a moment for reads under way. */
  @Override
  public void close() {
    closed = true;
    closeIdle(LAST_READS.toNanos());
    gone = true;
    closeIdle(0);
  }

  private void closeIdle(long patienceNanos) {
    long end = System.nanoTime() + patienceNanos;
    try {
      for (int i = 0; i < size; i++) {
        Connection connection = idle.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (connection != null) {
          connection.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      log.warn("a connection could not be closed", e);
    }
  }
}

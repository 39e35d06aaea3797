package io.taskauth.store.postgres;

import io.taskauth.store.LeasedFeed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that listens, on a connection of its own, and comes back when that is cut. */
final class PostgresFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresFeed.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final DataSource source;
  private final NotifySource sender;
  private final Schema schema;
  private final NodeMark node;
  private final LeasedFeed feed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "taskauth-postgres-feed");

  /** For {@link #close}, because a thread that waits for the network cannot be interrupted. */
  private volatile @Nullable Connection listeningOn;

  private PostgresFeed(
      DataSource source, NotifySource sender, Schema schema, NodeMark node, LeasedFeed feed) {
    this.source = source;
    this.sender = sender;
    this.schema = schema;
    this.node = node;
    this.feed = feed;
  }

  /**
   * @param source of the connection to listen on
   * @param sender how it tries whether what is sent arrives
   */
  static PostgresFeed start(
      DataSource source, NotifySource sender, Schema schema, NodeMark node, LeasedFeed feed) {
    PostgresFeed started = new PostgresFeed(source, sender, schema, node, feed);
    // A host that forgets to close its store must still be able to end.
    started.thread.setDaemon(true);
    started.thread.start();
    return started;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    do {
      try (Lent lent = Lent.of(source.getConnection())) {
        listeningOn = lent.connection();
        listenOrCut(lent.connection());
      } catch (SQLException | RuntimeException | Error e) {
        // Also errors: without this thread every request would ask the database for good.
        log.debug("the change feed was interrupted", e);
        pause = feed.isCurrent() ? FIRST_PAUSE : atMost(LONGEST_PAUSE, pause.multipliedBy(2));
        if (!isClosed()) {
          feed.lost(String.valueOf(e.getMessage()));
        }
      }
    } while (!await(pause));
  }

  /** A connection that still listens must not go back to the host's pool. */
  private void listenOrCut(Connection connection) throws SQLException {
    try {
      listen(connection);
    } finally {
      connection.abort(Runnable::run);
    }
  }

  private void listen(Connection connection) throws SQLException {
    Listening listening = Listening.on(connection, sender, schema, node, feed);
    while (!isClosed()) {
      long asked = feed.now();
      listening.proveUntil(asked + LeasedFeed.LEASE.toNanos());
      feed.proven(asked);
      listening.hearUntil(asked + LeasedFeed.BEAT.toNanos());
    }
  }

  private static Duration atMost(Duration longest, Duration pause) {
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** True once closed. */
  private boolean await(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Connection connection = listeningOn;
      if (connection != null) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      log.debug("the listening connection could not be cut", e);
    }
    try {
      thread.join(LeasedFeed.LEASE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

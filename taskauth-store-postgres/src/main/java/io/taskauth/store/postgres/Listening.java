package io.taskauth.store.postgres;

import io.taskauth.store.LeasedFeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that listens. PostgreSQL delivers notifications in the order of commits, so that
 * one's own, sent now, comes after all that others have sent before.
 */
final class Listening {
  private static final Logger log = LoggerFactory.getLogger(Listening.class);
  private static final int SHORT_MILLIS = (int) LeasedFeed.LEASE.toMillis();

  private final PGConnection connection;
  private final PreparedStatement beat;
  private final String own;
  private final NodeMark node;
  private final LeasedFeed feed;
  private final int backend;
  private long beats;

  private Listening(
      PGConnection connection,
      PreparedStatement beat,
      String own,
      NodeMark node,
      LeasedFeed feed,
      int backend) {
    this.connection = connection;
    this.beat = beat;
    this.own = own;
    this.node = node;
    this.feed = feed;
    this.backend = backend;
  }

  static Listening on(Connection connection, Schema schema, NodeMark node, LeasedFeed feed)
      throws SQLException {
    connection.setAutoCommit(true);
    connection.setNetworkTimeout(Runnable::run, SHORT_MILLIS);
    // Beats are nobody else's business: with a channel of their own they wake no other node.
    String own = "taskauth." + UUID.randomUUID();
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN \"" + own + '"');
      statement.execute("LISTEN \"" + schema.channel() + '"');
    }
    PreparedStatement beat =
        connection.prepareStatement("SELECT pg_backend_pid(), pg_notify(?, ?)");
    PGConnection postgres = connection.unwrap(PGConnection.class);
    return new Listening(postgres, beat, own, node, feed, postgres.getBackendPID());
  }

  /**
   * Sends itself something and waits until it is back.
   *
   * @throws SQLException where it is not by then
   */
  void proveUntil(long end) throws SQLException {
    String number = String.valueOf(++beats);
    send(number);
    while (!hear(end - feed.now(), number)) {
      if (feed.now() - end >= 0) {
        throw new SQLException("the listening connection does not hear what it sends itself");
      }
    }
  }

  /** Hears what comes until then. */
  void hearUntil(long end) throws SQLException {
    for (long left = end - feed.now(); left > 0; left = end - feed.now()) {
      boolean unused = hear(left, "");
    }
  }

  private void send(String number) throws SQLException {
    beat.setString(1, own);
    beat.setString(2, number);
    try (ResultSet row = beat.executeQuery()) {
      row.next();
      // A pooler lends each transaction another backend; ours would listen, and nobody would hear.
      if (row.getInt(1) != backend) {
        throw new SQLException(
            "LISTEN does not work through a pooler such as PgBouncer in transaction mode: give the"
                + " change feed a direct address of PostgreSQL");
      }
    }
  }

  /** Whether the beat of that number is among what came. */
  private boolean hear(long nanos, String number) throws SQLException {
    // 0 would wait without an end.
    int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    boolean heard = false;
    PGNotification[] notifications = connection.getNotifications(millis);
    for (PGNotification notification : notifications == null ? NONE : notifications) {
      if (notification.getName().equals(own)) {
        heard |= notification.getParameter().equals(number);
      } else {
        log.debug("heard {}", notification.getParameter());
        node.foreign(notification.getParameter()).ifPresent(feed::publish);
      }
    }
    return heard;
  }

  private static final PGNotification[] NONE = {};
}

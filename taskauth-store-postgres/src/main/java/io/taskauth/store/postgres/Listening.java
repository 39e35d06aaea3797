package io.taskauth.store.postgres;

import io.taskauth.store.LeasedFeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * One connection that listens, and proves that it has heard everything.
 *
 * <p>Who commits a change has signalled every listener before the commit is answered, and a
 * listener hands on what it was signalled before it answers its next statement. So an answer to
 * anything, asked for now, comes after all notifications of changes that were answered before. That
 * a notification gets through at all is tried now and then with one's own, which comes back in the
 * order of commits: not each time, because each wakes all other listeners.
 */
final class Listening {
  private static final int SHORT_MILLIS = (int) LeasedFeed.LEASE.toMillis();
  private static final int OWN_EACH = 8;

  private final PGConnection connection;
  private final PreparedStatement ask;
  private final PreparedStatement send;
  private final String own;
  private final NodeMark node;
  private final LeasedFeed feed;
  private final int backend;
  private long beats;

  private Listening(
      PGConnection connection,
      PreparedStatement ask,
      PreparedStatement send,
      String own,
      NodeMark node,
      LeasedFeed feed,
      int backend) {
    this.connection = connection;
    this.ask = ask;
    this.send = send;
    this.own = own;
    this.node = node;
    this.feed = feed;
    this.backend = backend;
  }

  static Listening on(Connection connection, Schema schema, NodeMark node, LeasedFeed feed)
      throws SQLException {
    connection.setNetworkTimeout(Runnable::run, SHORT_MILLIS);
    // Beats are nobody else's business: with a channel of their own they wake no other node.
    String own = "taskauth." + UUID.randomUUID();
    PreparedStatement ask = connection.prepareStatement("SELECT pg_backend_pid()");
    PreparedStatement send =
        connection.prepareStatement("SELECT pg_backend_pid(), pg_notify(?, ?)");
    send.setString(1, own);
    PGConnection postgres = connection.unwrap(PGConnection.class);
    Listening listening =
        new Listening(postgres, ask, send, own, node, feed, postgres.getBackendPID());
    // First, because through a pooler each try would leave one more backend listening.
    listening.requireOwnBackend(ask);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN \"" + own + '"');
      statement.execute("LISTEN \"" + schema.channel() + '"');
    }
    return listening;
  }

  /**
   * Returns when everything from before has been heard.
   *
   * @throws SQLException where that takes longer, or where notifications do not get through
   */
  void proveUntil(long end) throws SQLException {
    if (beats++ % OWN_EACH == 0) {
      hearOwn(end);
    } else {
      requireOwnBackend(ask);
      publish(connection.getNotifications());
    }
  }

  private void hearOwn(long end) throws SQLException {
    String number = String.valueOf(beats);
    send.setString(2, number);
    requireOwnBackend(send);
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

  /** A pooler lends each transaction another backend; ours would listen, and nobody would hear. */
  private void requireOwnBackend(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getInt(1) != backend) {
        throw new SQLException(
            "LISTEN does not work through a pooler such as PgBouncer in transaction mode: give the"
                + " change feed a direct address of PostgreSQL");
      }
    }
  }

  /** Whether the own one of that number is among what came. */
  private boolean hear(long nanos, String number) throws SQLException {
    // 0 would wait without an end.
    int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    PGNotification[] came = connection.getNotifications(millis);
    publish(came);
    return came != null
        && Stream.of(came)
            .anyMatch(n -> n.getName().equals(own) && n.getParameter().equals(number));
  }

  /** There may be none, which the driver says in two ways. */
  private void publish(PGNotification @Nullable [] notifications) {
    if (notifications != null) {
      Stream.of(notifications)
          .filter(notification -> !notification.getName().equals(own))
          .flatMap(notification -> node.foreign(notification.getParameter()).stream())
          .forEach(feed::publish);
    }
  }
}

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
 * what is sent where changes are made arrives here at all (and not in another database of the
 * server, or at a server that is the primary no more) is tried now and then with a notification of
 * one's own: not each time, because each wakes all other listeners.
 */
final class Listening {
  private static final int SHORT_MILLIS = (int) LeasedFeed.LEASE.toMillis();
  private static final int OWN_EACH = 8;

  private final Connection listeningOn;
  private final PGConnection connection;
  private final PreparedStatement ask;
  private final NotifySource sender;
  private final String own;
  private final NodeMark node;
  private final LeasedFeed feed;
  private final int backend;
  private long beats;

  private Listening(
      Connection listeningOn,
      PGConnection connection,
      PreparedStatement ask,
      NotifySource sender,
      String own,
      NodeMark node,
      LeasedFeed feed,
      int backend) {
    this.listeningOn = listeningOn;
    this.connection = connection;
    this.ask = ask;
    this.sender = sender;
    this.own = own;
    this.node = node;
    this.feed = feed;
    this.backend = backend;
  }

  /**
   * @param connection to listen on
   * @param sender how one's own notifications are sent
   */
  static Listening on(
      Connection connection, NotifySource sender, Schema schema, NodeMark node, LeasedFeed feed)
      throws SQLException {
    connection.setNetworkTimeout(Runnable::run, SHORT_MILLIS);
    // Beats are nobody else's business: with a channel of their own they wake no other node.
    String own = "taskauth." + UUID.randomUUID();
    PreparedStatement ask = connection.prepareStatement("SELECT pg_backend_pid()");
    PGConnection postgres = connection.unwrap(PGConnection.class);
    Listening listening =
        new Listening(connection, postgres, ask, sender, own, node, feed, postgres.getBackendPID());
    // First, because through a pooler each try would leave one more backend listening.
    listening.requireOwnBackend();
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
      requireOwnBackend();
      publish(connection.getNotifications());
    }
  }

  private void hearOwn(long end) throws SQLException {
    String number = String.valueOf(beats);
    sender.send(listeningOn, own, number);
    while (!hear(end - feed.now(), number)) {
      if (feed.now() - end >= 0) {
        throw new SQLException(
            "what is sent from the store's connections does not arrive on the one that listens: do"
                + " both lead to the same database?");
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
  private void requireOwnBackend() throws SQLException {
    try (ResultSet row = ask.executeQuery()) {
      row.next();
      if (row.getInt(1) != backend) {
        throw new SQLException(
            "LISTEN is not used through a pooler such as PgBouncer, which may not pass on what comes:"
                + " give the change feed a direct address of PostgreSQL");
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

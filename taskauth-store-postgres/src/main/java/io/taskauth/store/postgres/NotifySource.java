package io.taskauth.store.postgres;

import io.taskauth.store.LeasedFeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where a node's notifications to itself are sent from. */
interface NotifySource {
  void send(Connection listening, String channel, String payload) throws SQLException;

  /** The listening connection, where the store leads to the same place by the same way. */
  NotifySource LISTENING = (listening, channel, payload) -> notify(listening, channel, payload);

  /**
   * Where changes are made, because the feed was given a way of its own: it may lead to another
   * database, or to a server that is the primary no more.
   */
  static NotifySource of(DataSource store) {
    return (listening, channel, payload) -> {
      try (Lent lent = Lent.of(store.getConnection())) {
        lent.connection().setNetworkTimeout(Runnable::run, (int) LeasedFeed.LEASE.toMillis());
        notify(lent.connection(), channel, payload);
      }
    };
  }

  private static void notify(Connection connection, String channel, String payload)
      throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, channel);
      notify.setString(2, payload);
      notify.execute();
    }
  }
}

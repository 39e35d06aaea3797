package io.taskauth.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.Cleanable;

/** A connection of a pool that may be the host's, and how it was: it goes back as it came. */
record Lent(Connection connection, int networkTimeout, boolean autoCommit) implements Cleanable {
  /** That connection, with autocommit on. */
  static Lent of(Connection connection) throws SQLException {
    try {
      Lent lent = new Lent(connection, connection.getNetworkTimeout(), connection.getAutoCommit());
      if (!lent.autoCommit()) {
        connection.setAutoCommit(true);
      }
      return lent;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.setNetworkTimeout(Runnable::run, networkTimeout);
      if (!autoCommit) {
        connection.setAutoCommit(false);
      }
    }
  }
}

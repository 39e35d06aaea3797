package io.taskauth.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.Cleanable;

/** Gives Jdbi the connections of a pool. */
record Lending(DataSource source) implements ConnectionFactory {
  @Override
  public Connection openConnection() throws SQLException {
    return source.getConnection();
  }

  /** Called before Jdbi looks at autocommit to know whether a transaction is under way. */
  @Override
  public Cleanable getCleanableFor(Connection connection) {
    try {
      return Lent.of(connection);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }
}

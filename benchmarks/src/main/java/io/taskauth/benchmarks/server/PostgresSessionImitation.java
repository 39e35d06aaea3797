package io.taskauth.benchmarks.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.taskauth.benchmarks.Stores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Six statements: BEGIN, SELECT, COMMIT before the request, BEGIN, UPDATE, COMMIT after it. */
final class PostgresSessionImitation extends SessionLibraryImitation {
  private static final String READ =
      "SELECT s.session_id, s.created, s.last_used, s.expires, s.principal, a.name, a.bytes"
          + " FROM session s LEFT JOIN session_attribute a ON a.session_id = s.session_id"
          + " WHERE s.session_id = ?";
  private static final String TOUCH =
      "UPDATE session SET last_used = ?, expires = ? WHERE session_id = ?";
  private static final long LIFE = 1_800_000;

  private final HikariDataSource pool;

  PostgresSessionImitation(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    String schema = Stores.freshName();
    source.setCurrentSchema(schema);
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    // As many as the pool of a PostgresAuthStore.
    config.setMaximumPoolSize(10);
    config.setAutoCommit(false);
    pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      statement.execute(
          "CREATE TABLE session (session_id VARCHAR PRIMARY KEY, created BIGINT, last_used BIGINT,"
              + " expires BIGINT, principal VARCHAR);"
              + " CREATE INDEX session_expires ON session (expires);"
              + " CREATE TABLE session_attribute (session_id VARCHAR, name VARCHAR, bytes BYTEA,"
              + " PRIMARY KEY (session_id, name))");
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void create(String id) {
    try (Connection connection = pool.getConnection();
        PreparedStatement session =
            connection.prepareStatement("INSERT INTO session VALUES (?, 0, 0, 0, 'ada')");
        PreparedStatement attribute =
            connection.prepareStatement("INSERT INTO session_attribute VALUES (?, 'CONTEXT', ?)")) {
      session.setString(1, id);
      session.executeUpdate();
      attribute.setString(1, id);
      attribute.setBytes(2, ATTRIBUTE);
      attribute.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  boolean read(String id) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, id);
      boolean found;
      try (ResultSet row = statement.executeQuery()) {
        found = row.next() && row.getBytes("bytes").length == ATTRIBUTE.length;
      }
      connection.commit();
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void touch(String id) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(TOUCH)) {
      long now = System.currentTimeMillis();
      statement.setLong(1, now);
      statement.setLong(2, now + LIFE);
      statement.setString(3, id);
      statement.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}

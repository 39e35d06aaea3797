package io.taskauth.benchmarks.scale;

import io.taskauth.session.Session;
import io.taskauth.user.NewUser;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** By COPY; afterwards PostgreSQL knows how much there is, as it would after a while by itself. */
final class PostgresFilling implements Filling {
  private final Connection connection;
  private long number = 1;

  PostgresFilling(String url, String schema) {
    try {
      connection = DriverManager.getConnection(url);
      execute("SET search_path = " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void users(List<NewUser> users) {
    Csv.users(users, number).forEach(this::copy);
    number += users.size();
  }

  @Override
  public void sessions(List<Session> sessions) {
    copy(Csv.sessions(sessions));
  }

  private void copy(Csv rows) {
    String sql = "COPY " + rows.table() + " (" + rows.columns() + ") FROM STDIN (FORMAT csv)";
    try (StringReader lines = new StringReader(rows.lines())) {
      long unused = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, lines);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try (connection) {
      execute("SELECT setval('taskauth_user_number', " + number + ")");
      for (String table : List.of("user", "login_name", "session")) {
        execute("VACUUM ANALYZE taskauth_" + table);
      }
      execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.taskauth.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.session.Session;
import io.taskauth.user.NewUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** By COPY out of a file. */
final class DuckDbFilling implements Filling {
  private final Path csv;
  private final Connection connection;
  private long number = 1;

  DuckDbFilling(Path file) {
    csv = file.resolveSibling(file.getFileName() + ".csv");
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:" + file);
      // As the store has it.
      execute("SET force_compression = 'uncompressed'");
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
    try {
      Files.writeString(csv, rows.lines(), UTF_8);
      execute(
          "COPY " + rows.table() + " (" + rows.columns() + ") FROM '" + csv + "' (HEADER false)");
      Files.delete(csv);
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
      execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

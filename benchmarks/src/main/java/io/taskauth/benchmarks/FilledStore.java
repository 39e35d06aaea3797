package io.taskauth.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.store.AuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;

/** A DuckDB store with so many accounts, sessions, tokens and events in it. */
final class FilledStore implements AutoCloseable {
  private final int size;
  private final AuthStore store;
  private final Random random = new Random(7);

  private int tokensUsed;
  private int seconds;

  private FilledStore(int size, AuthStore store) {
    this.size = size;
    this.store = store;
  }

  static FilledStore of(int size, Path directory) throws SQLException {
    Path file = directory.resolve(size + ".duckdb");
    try (DuckDbAuthStore empty = DuckDbAuthStore.open(file)) {
      empty.migrate();
    }
    // Through the store it would take half an hour.
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      // As the store has it.
      statement.execute("SET force_compression = 'uncompressed'");
      statement.execute(rows().replace("$size", String.valueOf(size)));
    }
    return new FilledStore(size, DuckDbAuthStore.open(file));
  }

  private static String rows() {
    String resource = "rows.sql";
    try (InputStream in =
        Objects.requireNonNull(FilledStore.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AuthStore store() {
    return store;
  }

  int size() {
    return size;
  }

  String label() {
    return size + " rows";
  }

  /** Any of them, so that no page of the file is more at hand than another. */
  int any() {
    return random.nextInt(size);
  }

  /** Any whose account is not deactivated. */
  int anyActive() {
    int number = any();
    return number % 10 == 3 ? anyActive() : number;
  }

  int nextOfTheTokensThatAreLive() {
    do {
      tokensUsed++;
    } while (tokensUsed % 20 == 9);
    return tokensUsed;
  }

  /** Each time a little later than before. */
  Instant later() {
    return Rows.NOW.plusSeconds(++seconds);
  }

  @Override
  public void close() {
    store.close();
  }
}

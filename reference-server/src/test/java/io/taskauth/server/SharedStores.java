package io.taskauth.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Real servers for stores that several nodes share, each started once, when it is first asked for.
 */
enum SharedStores {
  POSTGRES {
    @Override
    String freshAddress() {
      return Postgres.freshDatabase();
    }
  };

  /** Where there is nothing yet, as {@code TASKAUTH_STORE} names it. */
  abstract String freshAddress();

  private static final class Postgres {
    private static final String GIVEN = System.getenv("TASKAUTH_TEST_POSTGRES_URL");
    private static final String URL =
        GIVEN != null ? GIVEN : start().getJdbcUrl("postgres", "postgres");

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String freshDatabase() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = DriverManager.getConnection(URL);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return URL.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    }
  }
}

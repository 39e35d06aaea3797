package io.taskauth.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import redis.embedded.RedisServer;

/**
 * Real servers for stores that several nodes share, each started once, when it is first asked for.
 */
enum SharedStores {
  POSTGRES {
    @Override
    String freshAddress() {
      return Postgres.freshDatabase();
    }
  },

  REDIS {
    @Override
    String freshAddress() {
      return Redis.freshDatabase();
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

  private static final class Redis {
    private static final String GIVEN = System.getenv("TASKAUTH_TEST_REDIS_URL");
    private static final String URL = GIVEN != null ? GIVEN : start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static String start() {
      try {
        int port = freePort();
        RedisServer server =
            RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return "redis://127.0.0.1:" + port;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }

    private static void stop(RedisServer server) {
      try {
        server.stop();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A server has 16 of them. */
    private static String freshDatabase() {
      return URL + "/" + DATABASES.incrementAndGet() % 16;
    }
  }
}

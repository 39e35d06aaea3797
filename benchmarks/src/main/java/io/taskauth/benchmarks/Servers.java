package io.taskauth.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/**
 * The database servers of a run, with the settings that they come with: PostgreSQL waits for the
 * disk at each commit, Redis writes its log once a second. Each is started when it is first asked
 * for, unless the environment names one, and ends with the process.
 */
final class Servers {
  private static final TemporaryDirectory REDIS_FILES = TemporaryDirectory.create();

  private static @Nullable String postgres;
  private static @Nullable String redis;

  private Servers() {}

  /** Of a database that this run may fill. */
  static synchronized String postgresUrl() {
    if (postgres == null) {
      String given = System.getenv("TASKAUTH_TEST_POSTGRES_URL");
      postgres = given == null ? startPostgres() : given;
    }
    return postgres;
  }

  private static String startPostgres() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "400")
              .setServerConfig("shared_buffers", "512MB")
              .setServerConfig("max_wal_size", "4GB")
              // These three are off in an embedded server.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .start();
      atEnd(server::close);
      return server.getJdbcUrl("postgres", "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static synchronized String redisUrl() {
    if (redis == null) {
      String given = System.getenv("TASKAUTH_TEST_REDIS_URL");
      redis = given == null ? startRedis() : given;
    }
    return redis;
  }

  private static String startRedis() {
    try {
      int port = freePort();
      RedisServer server =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("daemonize no")
              .setting("dir " + REDIS_FILES.path())
              .setting("save \"\"")
              .setting("appendonly yes")
              .build();
      server.start();
      atEnd(
          () -> {
            server.stop();
            REDIS_FILES.close();
          });
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

  private interface Ending {
    void run() throws IOException;
  }

  private static void atEnd(Ending ending) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    ending.run();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }
}

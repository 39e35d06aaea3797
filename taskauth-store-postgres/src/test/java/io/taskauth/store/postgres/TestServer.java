package io.taskauth.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * One real PostgreSQL for all tests, started out of Maven Central's binaries; or the one that the
 * environment variable names, which is left as it was but for schemas that end with the test.
 */
final class TestServer {
  static final String VARIABLE = "TASKAUTH_TEST_POSTGRES_URL";

  private static final String URL = url();

  private TestServer() {}

  private static String url() {
    String given = System.getenv(VARIABLE);
    return given != null ? given : start().getJdbcUrl("postgres", "postgres");
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "300")
              .setServerConfig("fsync", "off")
              .setServerConfig("synchronous_commit", "off")
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .start();
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

  static String jdbcUrl() {
    return URL;
  }

  /** A name that nobody has used. */
  static String freshSchema() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }
}

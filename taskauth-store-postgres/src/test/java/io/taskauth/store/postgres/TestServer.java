package io.taskauth.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * One real PostgreSQL for all tests, started out of Maven Central's binaries; or the one that the
 * environment variable names, which is left as it was but for schemas that end with the test.
 */
final class TestServer {
  static final String VARIABLE = "TASKAUTH_TEST_POSTGRES_URL";

  /** For tests that are not about time, on machines that do a lot besides. */
  static final Duration UNHURRIED = Duration.ofSeconds(20);

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

  /** For what a test does beside the store. */
  static Jdbi jdbi() {
    return Jdbi.create(URL);
  }

  /** A store in that schema, ready for use. */
  static PostgresAuthStore open(String schema) {
    return migrated(builder(schema));
  }

  static PostgresAuthStore migrated(PostgresAuthStore.Builder builder) {
    PostgresAuthStore store = builder.open();
    store.migrate();
    return store;
  }

  static PostgresAuthStore.Builder builder(String schema) {
    return PostgresAuthStore.builder().url(URL).schema(schema).maxConnections(8).timeout(UNHURRIED);
  }

  /** Where it listens. */
  static InetSocketAddress address() {
    Properties parsed = Objects.requireNonNull(Driver.parseURL(URL, null));
    return new InetSocketAddress(
        PGProperty.PG_HOST.getOrDefault(parsed),
        Integer.parseInt(PGProperty.PG_PORT.getOrDefault(parsed)));
  }

  /** The same database by that port of the loopback. */
  static String jdbcUrlAt(int port) {
    return URL.replaceFirst("//[^/]*/", "//127.0.0.1:" + port + "/");
  }

  /** A name that nobody has used. */
  static String freshSchema() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }
}

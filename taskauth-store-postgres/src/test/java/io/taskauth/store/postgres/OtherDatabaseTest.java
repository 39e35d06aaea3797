package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.AuthStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A feed that was given the address of another database hears nothing, and must not say it does.
 */
class OtherDatabaseTest {
  @Test
  void feedOfAnotherDatabaseIsNeverCurrent() throws Exception {
    String other = TestServer.freshSchema();
    try (Connection connection = DriverManager.getConnection(TestServer.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + other);
    }
    String elsewhere = TestServer.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + other + "$1");
    try (AuthStore store =
        PostgresAuthStore.builder()
            .url(TestServer.jdbcUrl())
            .schema(TestServer.freshSchema())
            .feed(elsewhere)
            .open()) {
      store.migrate();

      long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < end) {
        assertThat(store.changes().isCurrent()).isFalse();
        Thread.sleep(10);
      }
    }
  }
}

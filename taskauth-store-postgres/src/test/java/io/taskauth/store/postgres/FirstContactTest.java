package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set up wrong is said clearly, and never with the password. */
class FirstContactTest {
  private static final String SECRET = "s3cr3t-that-nobody-logs";

  @TempDir private static Path directory;
  private static OwnServer server;

  @BeforeAll
  static void start() throws IOException {
    server = OwnServer.start(directory);
    server.execute(
        "CREATE ROLE locked LOGIN PASSWORD 'another one'",
        "CREATE ROLE guest LOGIN",
        "CREATE SCHEMA given AUTHORIZATION guest");
    server.askForThePasswordOf("locked");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static AuthStoreException failureToMigrate(PostgresAuthStore.Builder builder) {
    try (AuthStore store = builder.open()) {
      Throwable failure = catchThrowable(store::migrate);
      assertThat(failure).isInstanceOf(AuthStoreException.class);
      return (AuthStoreException) failure;
    }
  }

  private static String everythingThatIsLogged(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://u:" + SECRET + "@host/db",
        "postgres://u:" + SECRET + "@host/db",
        "jdbc:postgresql://u:" + SECRET + "@host/db",
        "jdbc:postgresql://u:" + SECRET + "@host:5432/db?ssl=true",
        "jdbc:mysql://host/db?user=u&password=" + SECRET,
        "jdbc:postgresql://host:port/db?user=u&password=" + SECRET,
        "jdbc:postgresql://host:99999/db?user=u&password=" + SECRET,
        "redis://:" + SECRET + "@host"
      })
  void whatIsNoUrlOfPostgresqlIsRefusedAtOnce(String url) {
    assertThatThrownBy(() -> PostgresAuthStore.open(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:postgresql://host:5432/database")
        .satisfies(e -> assertThat(everythingThatIsLogged(e)).doesNotContain(SECRET));
    assertThatThrownBy(() -> PostgresAuthStore.builder().feed(url))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wrongPasswordIsSaidAndNotRepeated() {
    AuthStoreException failure =
        failureToMigrate(
            PostgresAuthStore.builder().url(server.jdbcUrl("locked") + "&password=" + SECRET));

    assertThat(failure)
        .hasMessageContaining("PostgreSQL cannot be used")
        .hasMessageContaining("password authentication failed for user \"locked\"");
    assertThat(everythingThatIsLogged(failure)).doesNotContain(SECRET);
  }

  @Test
  void serverThatIsNotThereIsSaid() {
    AuthStoreException failure =
        failureToMigrate(
            PostgresAuthStore.builder()
                .url("jdbc:postgresql://127.0.0.1:1/db?user=u&password=" + SECRET));

    assertThat(failure).hasMessageContaining("127.0.0.1:1").hasMessageContaining("refused");
    assertThat(everythingThatIsLogged(failure)).doesNotContain(SECRET);
  }

  @Test
  void databaseThatIsNotThereIsSaid() {
    assertThat(
            failureToMigrate(
                PostgresAuthStore.builder()
                    .url(server.jdbcUrl("guest").replace("/postgres?", "/nowhere?"))))
        .hasMessageContaining("database \"nowhere\" does not exist");
  }

  @Test
  void roleThatMayNotCreateASchemaWorksInOneThatIsGiven() {
    try (AuthStore store =
        TestServer.migrated(
            PostgresAuthStore.builder().url(server.jdbcUrl("guest")).schema("given"))) {
      Rows.create(store, "ada", Rows.ADMIN);
      store.migrate();

      assertThat(store.users().anyUser()).isTrue();
    }
  }

  @Test
  void roleThatMayNotCreateASchemaIsToldSo() {
    assertThat(
            failureToMigrate(
                PostgresAuthStore.builder().url(server.jdbcUrl("guest")).schema("missing")))
        .hasMessageContaining("permission denied for database");
  }
}

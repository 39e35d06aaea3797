package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A host's own pool gets its connections back as they were, whatever happened meanwhile. */
class HostDataSourceTest {
  private static final int TIMEOUT_OF_THE_HOST = 12_345;

  private final String schema = TestServer.freshSchema();
  private HostPool pool;
  private PostgresAuthStore store;

  @BeforeEach
  void open() throws SQLException {
    Connection connection = DriverManager.getConnection(TestServer.jdbcUrl());
    pool = new HostPool(connection);
    connection.setNetworkTimeout(Runnable::run, TIMEOUT_OF_THE_HOST);
    connection.setAutoCommit(false);
    store =
        TestServer.migrated(
            PostgresAuthStore.builder()
                .dataSource(pool.source())
                .feed(TestServer.jdbcUrl())
                .schema(schema)
                .timeout(TestServer.UNHURRIED));
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
    pool.close();
  }

  private void assertAsItWas() throws SQLException {
    Connection connection = pool.connection();
    assertThat(connection.isClosed()).isFalse();
    assertThat(connection.getAutoCommit()).isFalse();
    assertThat(connection.getNetworkTimeout()).isEqualTo(TIMEOUT_OF_THE_HOST);
    assertThat(connection.unwrap(BaseConnection.class).getTransactionState())
        .isEqualTo(TransactionState.IDLE);
    for (String setting :
        List.of(
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "search_path")) {
      assertThat(show(setting)).as(setting).isEqualTo(showElsewhere(setting));
    }
    connection.rollback();
  }

  private String show(String setting) throws SQLException {
    return show(pool.connection(), setting);
  }

  private static String showElsewhere(String setting) throws SQLException {
    try (Connection fresh = DriverManager.getConnection(TestServer.jdbcUrl())) {
      return show(fresh, setting);
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void migrationLeavesNothingBehind() throws SQLException {
    assertThat(pool.lent()).isPositive();
    assertAsItWas();
  }

  @Test
  void readsAndWritesLeaveNothingBehind() throws SQLException {
    User ada = Rows.create(store, "ada", Rows.ADMIN);
    Session session = Rows.open(store, ada);
    assertAsItWas();

    assertThat(Rows.isFound(store, session)).isTrue();
    assertAsItWas();

    store.sessions().end(ada.id(), session.id());
    store.users().change(ada.id(), UserChange.nothing().role(Rows.VIEWER), Rows.ADMIN);
    assertAsItWas();
  }

  @Test
  void failuresLeaveNothingBehind() throws SQLException {
    TestServer.jdbi().useHandle(handle -> handle.execute("DROP SCHEMA " + schema + " CASCADE"));

    assertThatThrownBy(() -> store.users().anyUser()).isInstanceOf(AuthStoreException.class);
    assertAsItWas();
    assertThatThrownBy(() -> store.settings().put("webhooks", "{}", 0))
        .isInstanceOf(AuthStoreException.class);
    assertAsItWas();
  }

  @Test
  void whatTheHostDidBeforeIsItsOwnAffair() throws SQLException {
    try (Statement statement = pool.connection().createStatement()) {
      statement.execute("SET search_path = pg_catalog");
    }
    pool.connection().commit();

    Rows.create(store, "ada", Rows.ADMIN);

    assertThat(store.users().anyUser()).isTrue();
    assertThat(show("search_path")).isEqualTo("pg_catalog");
  }

  @Test
  void closingTheStoreLeavesThePoolOpen() throws SQLException {
    store.close();

    assertAsItWas();
  }

  @Test
  void eitherUrlOrDataSourceIsSaid() {
    assertThatThrownBy(() -> PostgresAuthStore.builder().open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("url");
    assertThatThrownBy(
            () ->
                PostgresAuthStore.builder()
                    .url(TestServer.jdbcUrl())
                    .dataSource(pool.source())
                    .open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dataSource");
  }
}

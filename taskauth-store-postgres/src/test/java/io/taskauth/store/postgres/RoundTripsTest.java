package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.service.ServiceAccount;
import io.taskauth.session.Session;
import io.taskauth.testkit.TcpProxy;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** What every request pays for that is not remembered: one statement, one round trip. */
class RoundTripsTest {
  private static final int CALLS = 50;

  private final String schema = TestServer.freshSchema();
  private final TcpProxy way = TcpProxy.before(TestServer.address());
  private final PostgresAuthStore store =
      TestServer.migrated(
          PostgresAuthStore.builder()
              .url(TestServer.jdbcUrlAt(way.port()))
              .feed(TestServer.jdbcUrl())
              .maxConnections(1)
              .schema(schema));
  private User ada;
  private Session session;
  private AccessToken token;
  private final ServiceAccount service = Rows.service("backup");
  private final Identity identity = new Identity("google", "1");

  @BeforeEach
  void create() {
    ada = Rows.create(store, "ada", Rows.VIEWER);
    session = Rows.open(store, ada);
    token = Rows.makeToken(store, session);
    store.services().create(service, 1);
    store.identities().link(new LinkedIdentity(identity, ada.id(), Rows.NOW));
  }

  @AfterEach
  void close() {
    store.close();
    way.close();
  }

  private void findSession() {
    assertThat(store.sessions().find(ada.id(), session.id())).isPresent();
  }

  private void findToken() {
    assertThat(store.accessTokens().find(ada.id(), token.id())).isPresent();
  }

  private void findService() {
    assertThat(store.services().find(service.id())).contains(service);
  }

  private void findIdentity() {
    assertThat(store.identities().findUser(identity)).isPresent();
  }

  /** How often something was sent to the server: the least, as the feed proves itself meanwhile. */
  private long sent(Runnable call) {
    call.run();
    return LongStream.range(0, 5).map(i -> sentOnce(call)).min().orElseThrow();
  }

  private long sentOnce(Runnable call) {
    long before = way.requests();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return way.requests() - before;
  }

  @Test
  void lookUpsAreOneRoundTripEach() {
    assertThat(sent(this::findSession)).isEqualTo(CALLS);
    assertThat(sent(this::findToken)).isEqualTo(CALLS);
    assertThat(sent(this::findService)).isEqualTo(CALLS);
    assertThat(sent(this::findIdentity)).isEqualTo(CALLS);
  }

  @Test
  @DisabledIfEnvironmentVariable(named = TestServer.VARIABLE, matches = ".+")
  void lookUpsAreOneStatementEach() {
    assertThat(statements(this::findSession)).containsExactly(Map.entry("SELECT s.id", CALLS));
    assertThat(statements(this::findToken)).containsExactly(Map.entry("SELECT t.ha", CALLS));
    assertThat(statements(this::findService)).containsExactly(Map.entry("SELECT id, ", CALLS));
    assertThat(statements(this::findIdentity)).containsExactly(Map.entry("SELECT u.id", CALLS));
  }

  /** What the server has run in our schema or around it, and how often. */
  private List<Map.Entry<String, Integer>> statements(Runnable call) {
    Jdbi jdbi = TestServer.jdbi();
    jdbi.useHandle(handle -> handle.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements"));
    jdbi.useHandle(handle -> handle.execute("SELECT pg_stat_statements_reset()"));
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT left(query, 11) AS beginning, calls FROM pg_stat_statements
                    WHERE query NOT LIKE '%pg_backend_pid%' AND query NOT LIKE '%pg_stat_statements%'
                      AND query NOT LIKE 'SET application_name%'
                      AND query NOT LIKE 'SET extra_float_digits%'
                    """)
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                .list());
  }
}

package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import io.taskauth.testkit.Race;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * PgBouncer in transaction mode lends another backend for each transaction: the store works all the
 * same, but cannot listen, and knows it.
 */
@DisabledIfEnvironmentVariable(named = TestServer.VARIABLE, matches = ".+")
class PoolerTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final String schema = TestServer.freshSchema();
  private PgBouncer pooler;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    pooler = PgBouncer.startOrSkip(directory, TestServer.address());
  }

  @AfterEach
  void stop() {
    if (pooler != null) {
      pooler.close();
    }
  }

  /** Servers before PgBouncer 1.21 know nothing of prepared statements. */
  private PostgresAuthStore.Builder builder() {
    return TestServer.builder(schema)
        .url(TestServer.jdbcUrlAt(pooler.port()) + "&prepareThreshold=0");
  }

  @Test
  void everythingWorksThroughAPooler() {
    try (AuthStore here = TestServer.migrated(builder());
        AuthStore there = TestServer.migrated(builder())) {
      User root = Rows.create(here, "root", Rows.ADMIN);
      User ada = Rows.create(there, "ada", Rows.ADMIN);
      Session session = Rows.open(here, ada);

      List<Boolean> ousted = Race.between(() -> demote(here, ada), () -> demote(there, root));
      List<Integer> counted =
          Race.of(
              8,
              i ->
                  (i % 2 == 0 ? here : there)
                      .attempts()
                      .count(List.of("ada"), Duration.ofMinutes(1), Rows.NOW)
                      .get("ada")
                      .count());

      assertThat(ousted).containsOnlyOnce(true);
      assertThat(counted)
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 8).boxed().toList());
      assertThat(Rows.isFound(there, session)).isTrue();
      assertThat(there.sessions().end(ada.id(), session.id())).isTrue();
      assertThat(Rows.isFound(here, session)).isFalse();
    }
  }

  private static boolean demote(AuthStore store, User user) {
    return store.users().change(user.id(), UserChange.nothing().role(Rows.VIEWER), Rows.ADMIN)
        instanceof ChangeOutcome.Changed;
  }

  @Test
  void feedThroughAPoolerIsNeverCurrent() {
    try (AuthStore store = TestServer.migrated(builder())) {
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() - end < 0) {
        assertThat(store.changes().isCurrent()).isFalse();
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      }
    }
  }

  /** Each would be told of all changes for as long as the pooler keeps it. */
  @Test
  void feedThroughAPoolerLeavesNoBackendListening() {
    try (AuthStore store = TestServer.migrated(builder())) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());

      List<Integer> channels =
          Race.of(
              PgBouncer.BACKENDS,
              i ->
                  Jdbi.create(TestServer.jdbcUrlAt(pooler.port()) + "&prepareThreshold=0")
                      .inTransaction(
                          handle -> {
                            handle.execute("SELECT pg_sleep(0.3)");
                            return handle
                                .createQuery("SELECT count(*) FROM pg_listening_channels()")
                                .mapTo(Integer.class)
                                .one();
                          }));

      assertThat(channels).containsOnly(0);
      assertThat(store.users().anyUser()).isFalse();
    }
  }

  @Test
  void feedWithAWayOfItsOwnIsCurrent() {
    try (AuthStore here = TestServer.migrated(builder().feed(TestServer.jdbcUrl()));
        AuthStore there = TestServer.migrated(builder().feed(TestServer.jdbcUrl()))) {
      List<Change> told = new CopyOnWriteArrayList<>();
      there.changes().subscribe(told::add);
      Waiting.until("current", SOON, there.changes()::isCurrent);

      here.settings().put("webhooks", "{}", 0);

      Change change = new Change.OfSetting("webhooks");
      Waiting.until("told", SOON, () -> told.contains(change));
      assertThat(there.changes().isCurrent()).isTrue();
    }
  }
}

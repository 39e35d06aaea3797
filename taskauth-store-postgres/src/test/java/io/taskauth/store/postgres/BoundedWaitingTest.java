package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.LeasedFeed;
import io.taskauth.testkit.TcpProxy;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody waits for a lock without an end, and nobody holds one without an end. */
class BoundedWaitingTest {
  private static final Duration TIMEOUT = Duration.ofMillis(600);

  private final String schema = TestServer.freshSchema();
  private final String lock = new Schema(schema).lock("administrators");
  private final PostgresAuthStore store =
      TestServer.migrated(TestServer.builder(schema).timeout(TIMEOUT));
  private User ada;

  @BeforeEach
  void create() {
    ada = Rows.create(store, "ada", Rows.ADMIN);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ChangeOutcome change() {
    return store.users().change(ada.id(), UserChange.nothing().displayName("Ada"), Rows.ADMIN);
  }

  @Test
  void lockThatSomebodyElseHoldsIsWaitedForUntilTheTimeoutAndNoLonger() {
    Session session = Rows.open(store, ada);
    try (Handle outside = TestServer.jdbi().open()) {
      outside.begin();
      outside.execute(lock);
      long before = System.nanoTime();

      assertThatThrownBy(this::change).isInstanceOf(AuthStoreException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(TIMEOUT.minusMillis(50), Duration.ofSeconds(3));
      assertThat(Rows.isFound(store, session)).as("what needs no lock").isTrue();
      Waiting.until("nobody waits at the server", Duration.ofSeconds(3), () -> waiting() == 0);
      outside.rollback();
    }
    assertThat(change()).isInstanceOf(ChangeOutcome.Changed.class);
  }

  private int waiting() {
    return TestServer.jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM pg_stat_activity"
                            + " WHERE wait_event_type = 'Lock' AND query = :lock")
                    .bind("lock", lock)
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void nodeThatVanishedBetweenTwoStatementsLosesItsLocksAfterTheTimeout() {
    try (TcpProxy way = TcpProxy.before(TestServer.address())) {
      OwnPool pool = OwnPool.of(TestServer.jdbcUrlAt(way.port()), 1, TIMEOUT);
      PostgresDatabase vanishing =
          new PostgresDatabase(
              Handles.in(new Schema(schema), pool.source()),
              new Schema(schema),
              TIMEOUT,
              new NodeMark(),
              new LeasedFeed());

      assertThatThrownBy(
              () ->
                  vanishing.write(
                      step -> {
                        vanishing.lockAdministrators(step.handle());
                        way.stall();
                        return step.handle().execute("SELECT 1");
                      }))
          .isInstanceOf(AuthStoreException.class);

      Waiting.until(
          "the lock to be free",
          Duration.ofSeconds(4),
          () -> change() instanceof ChangeOutcome.Changed);
      pool.close();
    }
  }
}

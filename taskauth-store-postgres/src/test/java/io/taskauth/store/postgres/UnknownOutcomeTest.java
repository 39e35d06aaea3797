package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.testkit.TcpProxy;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The answer to a commit is lost while the feed, on a way of its own, goes on: what may have been
 * changed is forgotten here, and is told here should it still come to pass.
 */
class UnknownOutcomeTest {
  private static final Duration TIMEOUT = Duration.ofMillis(800);
  private static final Duration HOP = Duration.ofMillis(40);

  private final String schema = TestServer.freshSchema();
  private final TcpProxy way = TcpProxy.before(TestServer.address());
  private final PostgresAuthStore other = TestServer.open(schema);
  private final PostgresAuthStore node =
      TestServer.migrated(
          PostgresAuthStore.builder()
              .url(TestServer.jdbcUrlAt(way.port()))
              .feed(TestServer.jdbcUrl())
              .maxConnections(1)
              .timeout(TIMEOUT)
              .schema(schema));
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private User ada;

  @BeforeEach
  void create() {
    ada = Rows.create(other, "ada", Rows.ADMIN);
    node.changes().subscribe(told::add);
    Waiting.until("current", Duration.ofSeconds(5), node.changes()::isCurrent);
  }

  @AfterEach
  void close() {
    way.restore();
    node.close();
    other.close();
    way.close();
  }

  /** Whether ending it was answered. */
  private boolean end(Session session) {
    try {
      return node.sessions().end(ada.id(), session.id());
    } catch (AuthStoreException e) {
      return false;
    }
  }

  @Test
  void whatWasCommittedAndNotAnsweredIsForgottenHere() {
    Session session = Rows.open(other, ada);
    Change end = new Change.OfSession(ada.id(), session.id());
    other
        .changes()
        .subscribe(
            change -> {
              if (change.equals(end)) {
                way.cut();
              }
            });
    assertThat(Rows.isFound(node, session)).isTrue();
    way.delay(HOP);

    assertThat(end(session)).isFalse();

    assertThat(told).contains(end);
    assertThat(Rows.isFound(other, session)).isFalse();
    assertThat(node.changes().isCurrent()).as("the feed has noticed nothing").isTrue();
  }

  @Test
  void whatIsCommittedAfterTheCallWasGivenUpIsToldHere() {
    Change late = null;
    for (int tries = 0; tries < 16 && late == null; tries++) {
      Session session = Rows.open(other, ada);
      Waiting.until("a connection", Duration.ofSeconds(5), () -> Rows.isFound(node, session));
      // The sixth is the commit, if nothing else was asked meanwhile.
      boolean answered = endWhileTheServerFallsSilent(session, 6 + tries % 4);
      boolean wasThere = Rows.isFound(other, session);
      told.clear();

      way.restore();
      LockSupport.parkNanos(HOP.multipliedBy(3).toNanos());

      if (!answered && wasThere && !Rows.isFound(other, session)) {
        late = new Change.OfSession(ada.id(), session.id());
      }
    }
    Change end = late;
    assertThat(end).as("what was committed late").isNotNull();
    Waiting.until("told", Duration.ofSeconds(1), () -> told.contains(end));
  }

  /** That request is on its way, and arrives once the server is back. */
  private boolean endWhileTheServerFallsSilent(Session session, int request) {
    way.delay(HOP);
    long before = way.requests();
    CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> end(session));
    while (way.requests() - before < request && !ended.isDone()) {
      Thread.onSpinWait();
    }
    way.stall();
    return ended.join();
  }
}

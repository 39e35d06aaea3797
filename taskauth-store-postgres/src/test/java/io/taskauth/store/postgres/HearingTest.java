package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node makes of what it hears. */
class HearingTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Change LAST = new Change.OfSetting("last");

  private final String schema = TestServer.freshSchema();
  private final PostgresAuthStore node = TestServer.open(schema);
  private final List<Change> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    Waiting.until("current", SOON, node.changes()::isCurrent);
    node.changes().subscribe(told::add);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Another node's change, after which all that came before has been heard. */
  private void awaitLast() {
    say("somebody setting last");
    Waiting.until("told", SOON, () -> told.contains(LAST));
  }

  private void say(String payload) {
    TestServer.jdbi()
        .useHandle(
            handle ->
                handle.execute("SELECT pg_notify(?, ?)", new Schema(schema).channel(), payload));
  }

  @Test
  void ownChangesAreToldOnce() {
    node.settings().put("webhooks", "{}", 0);
    awaitLast();

    assertThat(told).containsExactly(new Change.OfSetting("webhooks"), LAST);
  }

  @Test
  void whatCannotBeReadMayBeAnything() {
    for (String payload : List.of("", "x", "somebody", "somebody weather sunny", "a user x")) {
      say(payload);
    }
    awaitLast();

    Change missed = new Change.Missed();
    assertThat(told).containsExactly(missed, missed, missed, missed, missed, LAST);
  }
}

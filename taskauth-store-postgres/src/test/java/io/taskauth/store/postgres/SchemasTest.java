package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each schema is a store of its own. */
class SchemasTest {
  @Test
  void storesOfTwoSchemasDoNotSeeEachOther() {
    String schema = TestServer.freshSchema();
    // The name of one begins with the other's.
    try (AuthStore one = TestServer.open(schema);
        AuthStore two = TestServer.open(schema + "2");
        AuthStore alsoTwo = TestServer.open(schema + "2")) {
      User ada = Rows.create(one, "ada", Rows.ADMIN);
      List<Change> toldTwo = new CopyOnWriteArrayList<>();
      two.changes().subscribe(toldTwo::add);

      one.settings().put("webhooks", "1", 0);
      one.sessions().endAll(ada.id(), null);

      assertThat(two.users().anyUser()).isFalse();
      assertThat(two.settings().get("webhooks")).isEmpty();
      // What is told in the order of commits has been told before this.
      alsoTwo.settings().put("last", "2", 0);
      Change last = new Change.OfSetting("last");
      Waiting.until("told", Duration.ofSeconds(2), () -> toldTwo.contains(last));
      assertThat(toldTwo).containsExactly(last);
    }
  }

  @Test
  void lockInOneSchemaHoldsNobodyUpInAnother() {
    String schema = TestServer.freshSchema();
    try (AuthStore store = TestServer.open(schema)) {
      TestServer.jdbi()
          .useTransaction(
              handle -> {
                handle.execute(new Schema(schema + "2").lock("administrators"));
                assertThat(Rows.create(store, "ada", Rows.ADMIN)).isNotNull();
                assertThat(store.users().delete(UUID.randomUUID(), Rows.ADMIN)).isNotNull();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1a",
        "Auth",
        "a-b",
        "a b",
        "a\"b",
        "a'b",
        "a.b",
        "ä",
        "a;drop schema public",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void malformedNamesAreRefused(String name) {
    assertThatThrownBy(() -> PostgresAuthStore.builder().schema(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema");
  }

  @Test
  void longestNameWorksAndTellsItsChanges() {
    String schema = (TestServer.freshSchema() + "_longest").substring(0, 40);
    try (AuthStore here = TestServer.open(schema);
        AuthStore there = TestServer.open(schema)) {
      List<Change> told = new CopyOnWriteArrayList<>();
      there.changes().subscribe(told::add);

      here.settings().put("webhooks", "1", 0);

      Change change = new Change.OfSetting("webhooks");
      Waiting.until("told", Duration.ofSeconds(2), () -> told.contains(change));
    }
  }

  /** A schema that means something to SQL is a name like any other. */
  @Test
  void reservedWordIsAName() {
    try (AuthStore store = TestServer.open("user")) {
      assertThat(store.users().anyUser()).isFalse();
    } finally {
      TestServer.jdbi().useHandle(handle -> handle.execute("DROP SCHEMA \"user\" CASCADE"));
    }
  }
}

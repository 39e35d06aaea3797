package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.Race;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A database or a pool that begins its transactions at a higher isolation: a step that waited for a
 * lock must see what was done meanwhile all the same.
 */
class IsolationTest {
  private final String schema = TestServer.freshSchema();

  private AuthStore open() {
    String url = TestServer.jdbcUrl();
    String options = "options=-c%20default_transaction_isolation=repeatable%5C%20read";
    return PostgresAuthStore.builder()
        .url(url + (url.contains("?") ? "&" : "?") + options)
        .schema(schema)
        .open();
  }

  private static NewUser someone(int number) {
    User user =
        User.created(
            UUID.randomUUID(),
            new Username("first" + number),
            new Role("admin"),
            Origin.PASSWORD,
            Instant.EPOCH);
    return new NewUser(user, null);
  }

  @RepeatedTest(5)
  void firstUserIsOneAtAnyIsolation() {
    try (AuthStore here = open();
        AuthStore there = open()) {
      Race.of(
          2,
          i -> {
            (i == 0 ? here : there).migrate();
            return i;
          });

      List<Boolean> first =
          Race.of(8, i -> (i % 2 == 0 ? here : there).users().createFirst(someone(i)));

      assertThat(first).containsOnlyOnce(true);
    }
  }
}

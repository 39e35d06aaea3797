package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.ADMIN;
import static io.taskauth.store.redis.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.service.ServiceAccount;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What is over leaves nothing behind that grows. */
class GarbageTest {
  private static final Instant LATER = NOW.plus(Duration.ofDays(2));

  private final String prefix = TestRedis.freshPrefix();

  private Set<String> keys(Jedis jedis) {
    return new TreeSet<>(jedis.keys(prefix + ":*"));
  }

  private static void live(RedisAuthStore store, User ada, int round) {
    Session ended = People.open(store, ada);
    Session swept = People.open(store, ada);
    Identity identity = new Identity("google", "subject" + round);
    store.identities().link(new LinkedIdentity(identity, ada.id(), NOW));
    store.identities().link(new LinkedIdentity(new Identity("github", "" + round), ada.id(), NOW));
    Session loggedOut = People.open(store, ada, identity, "sid" + round);
    Session through = People.open(store, ada, identity, null);
    store.secrets().put(People.secret(ada, loggedOut));
    store.secrets().put(People.secret(ada, through));
    store.sessions().endThrough(new ProviderLogout("google", null, "sid" + round));
    AccessToken token = People.token(store, ada);
    OneTimeSecret taken = People.secret(ada, ended);
    List.of(taken, People.secret(ada, swept), People.secret(null, null), People.secret(ada, null))
        .forEach(store.secrets()::put);
    store.secrets().take(taken.hash(), taken.purpose(), NOW);
    store.sessions().end(ada.id(), ended.id());
    store.accessTokens().revoke(token.id(), null, NOW);
    store.sessions().changePassword(ada.id(), OptionalLong.empty(), People.HASH, swept.id());
    store.identities().unlink(ada.id(), identity);
    ServiceAccount service = People.service("backup");
    store.services().create(service, 1);
    store.services().rotate(service.id(), service.secret().id(), People.serviceSecret(), LATER);
    store.services().delete(service.id());
    store.services().used(Map.of(service.id(), new TokenUse(NOW, null)));
    store.attempts().count(List.of("a" + round, "b" + round), Duration.ofMinutes(15), NOW);
    store
        .audit()
        .append(
            List.of(
                new AuditEvent(
                    People.IDS.uuidV7(),
                    NOW,
                    AuditType.LOGIN_FAILURE,
                    AuditEvent.Outcome.FAILURE,
                    ada.id(),
                    "name" + round,
                    null,
                    null,
                    "target" + round,
                    Map.of(AuditEvent.TARGET_USERNAME, "other" + round))));
  }

  private static void sweep(RedisAuthStore store) {
    int unused = store.sessions().sweep(LATER, 500);
    unused = store.secrets().sweep(LATER, 500);
    unused = store.attempts().sweep(LATER, 500);
    unused = store.accessTokens().sweep(LATER, 500);
    unused = store.audit().trim(0);
  }

  @Test
  void sweepingLeavesAccountsOnly() {
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      User root = People.admin("root");
      User ada = People.viewer("ada");
      store.users().createFirst(People.fresh(root));
      store.users().create(People.fresh(ada));
      Set<String> accounts = keys(jedis);

      for (int round = 0; round < 20; round++) {
        // The epoch grows with each new password, so each round has an account of its own.
        User guest = People.viewer("guest" + round);
        store.users().create(People.fresh(guest));
        live(store, guest, round);
        sweep(store);
        store.users().delete(guest.id(), ADMIN);
      }

      Set<String> left = keys(jedis);
      left.removeAll(accounts);
      assertThat(left).noneMatch(key -> key.contains("{through-"));
      // Numbers that must not begin anew, and what has its end.
      assertThat(left.stream().filter(key -> jedis.ttl(key) < 0))
          .containsExactlyInAnyOrder(prefix + ":{audit}:number", prefix + ":{tokens}:number");
      assertThat(keys(jedis)).containsAll(accounts);
      for (String key : accounts) {
        if (jedis.type(key).equals("hash")) {
          assertThat(jedis.hlen(key)).as(key).isLessThan(20);
        }
      }
    }
  }

  @Test
  void everythingThatEndsHasANativeEndToo() {
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      User ada = People.viewer("ada");
      store.users().create(People.fresh(ada));
      live(store, ada, 0);

      Set<String> lasting =
          keys(jedis).stream().filter(key -> jedis.ttl(key) < 0).collect(Collectors.toSet());

      assertThat(lasting)
          .allMatch(
              key ->
                  key.contains("{accounts}")
                      || key.contains("{audit}")
                      || key.contains("{tokens}")
                      || key.endsWith(":user")
                      || key.contains(":token"));
    }
  }

  @Test
  void nobodyReadsAPasswordOutOfTheKeys() {
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.attempts().count(List.of("hunter2"), Duration.ofMinutes(15), NOW);

      assertThat(keys(jedis)).noneMatch(key -> key.contains("hunter2"));
      assertThat(
              keys(jedis).stream()
                  .filter(key -> key.endsWith(":counts"))
                  .flatMap(key -> jedis.hkeys(key).stream()))
          .isNotEmpty()
          .noneMatch(field -> field.contains("hunter2"));
    }
  }

  @Test
  void eventThatIsNotThereAnyMoreDoesNotKeepTheOlderOnes() {
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      for (int round = 0; round < 4; round++) {
        User user = People.viewer("user" + round);
        store.users().create(People.fresh(user));
        live(store, user, round);
      }
      String order = prefix + ":{audit}:order";
      jedis.hdel(prefix + ":{audit}:events", jedis.zrange(order, 1, 1).get(0));

      assertThat(store.audit().trim(1)).isEqualTo(3);
      assertThat(jedis.zcard(order)).isEqualTo(1);
    }
  }
}

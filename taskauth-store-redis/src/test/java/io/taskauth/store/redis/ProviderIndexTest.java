package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.NOW;
import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.Identity;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** How sessions are found by what a provider knows of them: in time, whole, and not for ever. */
class ProviderIndexTest {
  private static final Identity ADA = new Identity("google", "ada");
  private static final ProviderLogout LOGOUT = new ProviderLogout("google", "ada", null);
  private static final int MORE_THAN_A_PAGE = 600;

  private final String prefix = TestRedis.freshPrefix();
  private final Jedis jedis = TestRedis.jedis();
  private final User ada = viewer("ada");
  private RedisAuthStore store;

  @BeforeEach
  void open() {
    store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
    store.migrate();
    store.users().create(fresh(ada));
  }

  @AfterEach
  void close() {
    store.close();
    jedis.close();
  }

  private Set<String> keys(String part) {
    return jedis.keys(prefix + ":{through-*").stream()
        .filter(key -> key.contains(part))
        .collect(Collectors.toSet());
  }

  private String only(String part) {
    return keys(part).iterator().next();
  }

  @Test
  void sessionOfAProcessThatDiesIsFoundIfItIsThere() {
    Session unused = People.open(store, ada, ADA, "warm");
    assertThat(store.sessions().endThrough(LOGOUT)).isEqualTo(1);
    for (int commands = 0; commands < 4; commands++) {
      Session session = People.through(People.session(ada), ADA, null);
      openIn(commands, session);

      boolean there = store.sessions().find(ada.id(), session.id()).isPresent();

      assertThat(store.sessions().endThrough(LOGOUT)).isEqualTo(there ? 1 : 0);
      assertThat(there).isEqualTo(commands == 3);
    }
  }

  private void openIn(int commands, Session session) {
    try (Mortal mortal = new Mortal();
        RedisAuthStore process =
            RedisAuthStore.builder(mortal, mortal.config()).keyPrefix(prefix).open()) {
      mortal.diesAfter(commands);
      assertThat(process.sessions().open(session, 0, 100)).isTrue();
    } catch (AuthStoreException e) {
      assertThat(commands).isLessThan(3);
    }
  }

  @Test
  void entriesGoAtTheEndOfTheirSessions() {
    Session longer =
        People.through(
            new Session(
                People.session(ada).id(),
                ada.id(),
                NOW,
                NOW,
                NOW.plus(Duration.ofDays(3)),
                null,
                null),
            ADA,
            "longer");
    Session ended = People.open(store, ada, ADA, "sid");
    assertThat(store.sessions().open(longer, 0, 100)).isTrue();
    assertThat(store.sessions().end(ada.id(), ended.id())).isTrue();
    assertThat(keys(":sessions:")).hasSize(3).allMatch(key -> jedis.ttl(key) > 0);

    store.sessions().sweep(NOW.plus(Duration.ofDays(2)), 500);
    assertThat(keys(":sessions:")).hasSize(2).allMatch(key -> jedis.zcard(key) == 1);
    assertThat(store.sessions().endThrough(LOGOUT)).isEqualTo(1);

    store.sessions().sweep(NOW.plus(Duration.ofDays(4)), 500);
    assertThat(keys("")).isEmpty();
  }

  @Test
  void whatIsStaleHidesNothingAndIsSweptHoweverMuchItIs() {
    Session session = People.open(store, ada, ADA, null);
    String found = only(":sessions:");
    String name = found.substring(found.lastIndexOf(':') + 1);
    Map<String, Double> stale = new HashMap<>();
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      for (String first : new String[] {"00000000", "ffffffff"}) {
        stale.put(first + "-0000-7000-8000-000000000000 " + String.format("%032x", i), 0.0);
      }
    }
    jedis.zadd(found, stale);
    jedis.zadd(
        only(":ends"),
        stale.keySet().stream()
            .collect(Collectors.toMap(entry -> name + " " + entry, entry -> 1.0)));

    assertThat(store.sessions().endThrough(LOGOUT)).isEqualTo(1);
    assertThat(store.sessions().find(ada.id(), session.id())).isEmpty();

    store.sessions().sweep(NOW.plus(Duration.ofDays(2)), 500);
    assertThat(keys("")).isEmpty();
  }

  @Test
  void nobodyReadsOutOfTheKeysWhoSignedIn() {
    Session unused = People.open(store, ada, ADA, "a-session-there");

    assertThat(keys("")).isNotEmpty().noneMatch(key -> key.contains("google"));
  }
}

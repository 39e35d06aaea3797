package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.service.ServiceAccount;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.user.Identity;
import io.taskauth.user.User;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** How many commands the look-ups of every request cost. */
class RoundTripsTest {
  private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=([0-9]+)");

  private static Map<String, Long> calls(Jedis jedis) {
    Map<String, Long> calls = new TreeMap<>();
    Matcher line = CALLS.matcher(jedis.info("commandstats"));
    while (line.find()) {
      calls.put(line.group(1), Long.valueOf(line.group(2)));
    }
    return calls;
  }

  @Test
  void lookUpOfASessionATokenOrAServiceAccountIsOneCommand() {
    try (RedisAuthStore store = TestRedis.freshStore();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      User ada = People.viewer("ada");
      store.users().create(People.fresh(ada));
      Session session = People.open(store, ada);
      AccessToken token = People.token(store, ada);
      ServiceAccount service = People.service("backup");
      store.services().create(service, 1);
      assertThat(store.sessions().find(ada.id(), session.id())).isPresent();
      assertThat(store.accessTokens().find(ada.id(), token.id())).isPresent();
      Map<String, Long> before = calls(jedis);

      for (int i = 0; i < 10; i++) {
        assertThat(store.sessions().find(ada.id(), session.id())).isPresent();
        assertThat(store.accessTokens().find(ada.id(), token.id())).isPresent();
        assertThat(store.services().find(service.id())).contains(service);
      }

      Map<String, Long> made = new TreeMap<>(calls(jedis));
      before.forEach((name, count) -> made.merge(name, -count, Long::sum));
      made.values().removeIf(count -> count == 0);
      // The two reads of each script are counted too; the rest is the feed, and this test.
      assertThat(made).containsEntry("evalsha", 20L).containsEntry("hgetall", 50L);
      assertThat(made.keySet()).isSubsetOf("evalsha", "hgetall", "ping", "info");
    }
  }

  @Test
  void logoutAtAProviderCostsItsSessionsHoweverManyOthersThereAre() {
    try (RedisAuthStore store = TestRedis.freshStore();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      User ada = People.viewer("ada");
      store.users().create(People.fresh(ada));
      for (int i = 0; i < 50; i++) {
        Session unused = People.open(store, ada, new Identity("google", "other" + i), "sid" + i);
      }
      for (int i = 0; i < 3; i++) {
        Session unused = People.open(store, ada, new Identity("google", "ada"), null);
      }
      // The server learns the script.
      assertThat(store.sessions().endThrough(new ProviderLogout("google", null, "sid0")))
          .isEqualTo(1);
      Map<String, Long> before = calls(jedis);

      assertThat(store.sessions().endThrough(new ProviderLogout("google", "ada", null)))
          .isEqualTo(3);

      Map<String, Long> after = calls(jedis);
      assertThat(after.get("evalsha") - before.get("evalsha")).isEqualTo(3);
      assertThat(after.get("zrangebylex") - before.get("zrangebylex")).isEqualTo(2);
    }
  }
}

package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** What is looked at before a server is trusted with accounts. */
class MigrationTest {
  private static List<String> warnings(String... settings) {
    int port = TestRedis.freePort();
    RedisServer server = TestRedis.start(port, settings);
    try (RedisAuthStore store = RedisAuthStore.open("redis://127.0.0.1:" + port)) {
      return Logged.warningsOf(ServerChecks.class, store::migrate);
    } finally {
      TestRedis.stop(server);
    }
  }

  @Test
  void serverThatKeepsEverythingIsNoReasonToWarn() {
    assertThat(warnings("appendonly yes", "save \"\"")).isEmpty();
    assertThat(warnings("appendonly yes", "maxmemory-policy volatile-ttl")).isEmpty();
  }

  @Test
  void serverThatSavesSnapshotsOnlyIsWarnedAbout() {
    assertThat(warnings("appendonly no", "save 60 1"))
        .singleElement()
        .asString()
        .contains("snapshots only", "appendonly yes");
  }

  @Test
  void serverThatThrowsAccountsAwayIsNamed() {
    assertThat(warnings("appendonly yes", "maxmemory-policy allkeys-lru"))
        .singleElement()
        .asString()
        .contains("maxmemory-policy allkeys-lru", "Use noeviction");
  }

  @Test
  void serverThatSavesNothingIsNamed() {
    assertThat(warnings("appendonly no", "save \"\""))
        .singleElement()
        .asString()
        .contains("saves nothing to disk", "appendonly yes");
  }

  @Test
  void serverThatDoesNotShowItsSettingsIsUsedAllTheSame() {
    assertThat(warnings("rename-command CONFIG \"\"", "save \"\"")).isEmpty();
    assertThat(warnings("rename-command INFO \"\"")).isEmpty();
  }

  @Test
  void evictionIsSeenWithoutConfig() {
    assertThat(warnings("rename-command CONFIG \"\"", "maxmemory-policy allkeys-random"))
        .singleElement()
        .asString()
        .contains("allkeys-random");
  }

  @ParameterizedTest
  @CsvSource({
    "5.0.14, true",
    "6.0.20, true",
    "6.2.0, false",
    "6.2, false",
    "7.2.4, false",
    "8.0-rc1, false",
    "10.0.1, false",
    "unstable, false"
  })
  void serversBefore62AreTooOld(String version, boolean tooOld) {
    assertThat(ServerChecks.isTooOld(version)).isEqualTo(tooOld);
  }

  @Test
  void newerSchemaIsLeftAlone() {
    String prefix = TestRedis.freshPrefix();
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      jedis.set(new Keys(prefix).accounts() + ":schema", "2");

      assertThatThrownBy(store::migrate)
          .isInstanceOf(AuthStoreException.class)
          .hasMessageContaining("version 2, written by a newer taskauth; this one knows version 1");
      assertThat(jedis.get(new Keys(prefix).accounts() + ":schema")).isEqualTo("2");
    }
  }

  @Test
  void keysFromBeforeThereWereServiceAccountsGetThemBesideTheOthers() {
    String prefix = TestRedis.freshPrefix();
    User ada = People.viewer("ada");
    ServiceAccount backup = People.service("backup");
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      store.users().create(People.fresh(ada));
      Session session = People.open(store, ada);
      // What the first release left.
      assertThat(jedis.get(new Keys(prefix).accounts() + ":schema")).isEqualTo("1");
      assertThat(jedis.keys(new Keys(prefix).services() + ":*")).isEmpty();

      store.migrate();

      assertThat(store.services().all()).isEmpty();
      assertThat(store.services().create(backup, 1)).isEqualTo(Creation.CREATED);
      assertThat(store.services().all()).containsExactly(backup);
      assertThat(store.sessions().find(ada.id(), session.id())).isPresent();
      assertThat(store.sessions().running(People.NOW)).isEqualTo(1);
      // The first release may still run beside this one: nothing that it reads has changed.
      assertThat(jedis.get(new Keys(prefix).accounts() + ":schema")).isEqualTo("1");
    }
  }
}

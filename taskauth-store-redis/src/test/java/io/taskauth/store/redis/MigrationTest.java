package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.NewUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.Deletion;
import java.util.List;
import java.util.Map;
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
  void keysFromBeforeThereWereIdentitiesGetThemBesideTheOthers() {
    String prefix = TestRedis.freshPrefix();
    User root = People.admin("root");
    User ada = People.viewer("ada");
    Identity identity = new Identity("google", "1815");
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      store.users().create(People.fresh(root));
      store.users().create(People.fresh(ada));
      Session session = People.open(store, ada);
      // What the release before left.
      assertThat(jedis.keys(prefix + ":*"))
          .noneMatch(key -> key.contains("identities") || key.contains("through"));
      assertThat(jedis.hkeys(new Keys(prefix).account(ada.id()) + ":session:" + session.id()))
          .containsExactlyInAnyOrder("created", "seen", "expires", "ip", "agent");

      store.migrate();

      assertThat(store.identities().ofUser(ada.id())).isEmpty();
      assertThat(store.identities().findUser(identity)).isEmpty();
      assertThat(store.identities().unlink(ada.id(), identity)).isEqualTo(Unlinking.NOT_FOUND);
      assertThat(store.identities().link(new LinkedIdentity(identity, ada.id(), People.NOW)))
          .isEqualTo(Linking.LINKED);
      assertThat(store.identities().findUser(identity)).isPresent();
      assertThat(store.sessions().endThrough(new ProviderLogout("google", "1815", null))).isZero();
      assertThat(store.identities().unlink(ada.id(), identity)).isEqualTo(Unlinking.UNLINKED);
      assertThat(store.sessions().find(ada.id(), session.id()).orElseThrow().session())
          .isEqualTo(session);
      assertThat(store.users().delete(ada.id(), People.ADMIN)).isEqualTo(Deletion.DELETED);
      assertThat(jedis.get(new Keys(prefix).accounts() + ":schema")).isEqualTo("1");
    }
  }

  @Test
  void identitiesOfAnAccountThatTheReleaseBeforeHasDeletedAreFree() {
    String prefix = TestRedis.freshPrefix();
    String identities = new Keys(prefix).accounts() + ":identities";
    User root = People.admin("root");
    User ada = People.viewer("ada");
    Identity google = new Identity("google", "1815");
    Identity github = new Identity("github", "1815");
    try (RedisAuthStore store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
        Jedis jedis = TestRedis.jedis()) {
      store.migrate();
      store.users().create(People.fresh(root));
      store.users().create(People.fresh(ada));
      store.identities().link(new LinkedIdentity(google, ada.id(), People.NOW));
      store.identities().link(new LinkedIdentity(github, ada.id(), People.NOW));
      Map<String, String> claims = jedis.hgetAll(identities);
      store.users().delete(ada.id(), People.ADMIN);
      // It knows nothing of these keys.
      jedis.hset(identities, claims);
      jedis.zadd(identities + ":" + ada.id(), Map.of("google:1815", 1.0, "github:1815", 2.0));

      assertThat(store.identities().findUser(google)).isEmpty();
      assertThat(store.identities().ofUser(ada.id())).isEmpty();
      assertThat(store.identities().unlink(ada.id(), google)).isEqualTo(Unlinking.NOT_FOUND);
      assertThat(store.identities().link(new LinkedIdentity(google, root.id(), People.NOW)))
          .isEqualTo(Linking.LINKED);
      User guest = People.guest("guest", github);
      assertThat(store.users().create(new NewUser(guest, null, github)))
          .isEqualTo(UserStore.Creation.CREATED);
      assertThat(store.identities().findUser(github).orElseThrow().user()).isEqualTo(guest);
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

package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.ADMIN;
import static io.taskauth.store.redis.People.NOW;
import static io.taskauth.store.redis.People.admin;
import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.guest;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.NewUser;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What becomes of identities when a process dies, or is overtaken, between two of its steps. */
class KilledIdentitiesTest {
  private static final Identity GOOGLE = new Identity("google", "1815");
  private static final Identity GITHUB = new Identity("github", "1815");

  private final String prefix = TestRedis.freshPrefix();
  private final User root = admin("root");
  private final User guest = guest("guest", GOOGLE);
  private RedisAuthStore store;

  @BeforeEach
  void open() {
    store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
    store.migrate();
    store.users().create(fresh(root));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void dyingCreation(int commands) {
    Mortal.dying(
        prefix, commands, process -> process.users().create(new NewUser(guest, null, GOOGLE)));
  }

  private void dyingUnlink(int commands) {
    Mortal.dying(prefix, commands, process -> process.identities().unlink(guest.id(), GOOGLE));
  }

  private void createWithTwo() {
    store.users().create(new NewUser(guest, null, GOOGLE));
    assertThat(link(GITHUB, guest)).isEqualTo(Linking.LINKED);
  }

  private Linking link(Identity identity, User user) {
    return store.identities().link(new LinkedIdentity(identity, user.id(), NOW));
  }

  private long epoch() {
    return store.users().findByLogin(guest.username().key()).orElseThrow().credentialEpoch();
  }

  private long intents() {
    try (Jedis jedis = TestRedis.jedis()) {
      return jedis.hlen(new Keys(prefix).accounts() + ":intents");
    }
  }

  @Test
  void creationThatWasDecidedIsCarriedOutByWhoeverLooksForTheIdentity() {
    dyingCreation(1);

    assertThat(store.identities().findUser(GOOGLE)).contains(new StoredUser(guest, null, 0));
    assertThat(intents()).isZero();
  }

  @Test
  void creationThatWasDecidedHasItsIdentityAndMayGetAnother() {
    dyingCreation(1);

    assertThat(store.users().create(new NewUser(guest("eve", GOOGLE), null, GOOGLE)))
        .isEqualTo(Creation.IDENTITY_TAKEN);
    assertThat(link(GOOGLE, root)).isEqualTo(Linking.TAKEN);
    assertThat(link(GITHUB, guest)).isEqualTo(Linking.LINKED);
    assertThat(store.identities().findUser(GITHUB)).contains(new StoredUser(guest, null, 0));
    assertThat(store.identities().unlink(guest.id(), GOOGLE)).isEqualTo(Unlinking.UNLINKED);
  }

  @Test
  void creationThatWasNotDecidedLeavesTheIdentityFree() {
    dyingCreation(0);

    assertThat(store.identities().findUser(GOOGLE)).isEmpty();
    assertThat(link(GITHUB, guest)).isEqualTo(Linking.NO_USER);
    assertThat(link(GOOGLE, root)).isEqualTo(Linking.LINKED);
  }

  @Test
  void unlinkingThatWasNotDecidedChangesNothing() {
    createWithTwo();
    Session session = People.open(store, guest, GOOGLE, null);
    dyingUnlink(1);

    store.migrate();

    assertThat(store.identities().findUser(GOOGLE).orElseThrow().credentialEpoch()).isZero();
    assertThat(store.sessions().find(guest.id(), session.id())).isPresent();
  }

  @Test
  void unlinkingThatWasDecidedIsCarriedOutByTheNextChange() {
    createWithTwo();
    Session session = People.open(store, guest, GOOGLE, "sid");
    OneTimeSecret secret = People.secret(guest, session);
    store.secrets().put(secret);
    dyingUnlink(2);
    // Opened with the epoch from before, by a sign-in that was under way.
    Session late = People.open(store, guest, GOOGLE, null);
    Session other = People.open(store, guest, GITHUB, null);
    List<Change> told = new CopyOnWriteArrayList<>();
    Runnable unused = store.changes().subscribe(told::add);
    assertThat(store.identities().findUser(GOOGLE)).isEmpty();

    assertThat(store.identities().unlink(guest.id(), GITHUB)).isEqualTo(Unlinking.ONLY_WAY_IN);

    assertThat(store.sessions().find(guest.id(), session.id())).isEmpty();
    assertThat(store.sessions().find(guest.id(), late.id())).isEmpty();
    assertThat(store.sessions().find(guest.id(), other.id())).isPresent();
    assertThat(store.secrets().take(secret.hash(), secret.purpose(), NOW)).isEmpty();
    assertThat(epoch()).isEqualTo(1);
    assertThat(told).contains(new Change.OfUser(guest.id()));
    assertThat(intents()).isZero();
  }

  @Test
  void unlinkingThatWasDecidedIsCarriedOutOnceByTheSweeperAndByMigrating() {
    createWithTwo();
    Session session = People.open(store, guest, GOOGLE, null);
    dyingUnlink(2);
    int unused = store.sessions().sweep(NOW, 10);
    assertThat(store.sessions().find(guest.id(), session.id())).isEmpty();
    assertThat(epoch()).isEqualTo(1);

    assertThat(link(GOOGLE, guest)).isEqualTo(Linking.LINKED);
    dyingUnlink(3);
    store.migrate();
    assertThat(epoch()).isEqualTo(2);
    assertThat(intents()).isZero();
  }

  @Test
  void unlinkingThatWasDecidedLeavesTheIdentityToOthers() {
    createWithTwo();
    dyingUnlink(2);
    assertThat(link(GOOGLE, root)).isEqualTo(Linking.LINKED);
    Session ofRoot = People.open(store, root, GOOGLE, null);

    store.migrate();

    assertThat(store.identities().findUser(GOOGLE).map(StoredUser::user).map(User::id))
        .contains(root.id());
    assertThat(store.sessions().find(root.id(), ofRoot.id())).isPresent();
  }

  @Test
  void deletionThatWasDecidedHasFreedTheIdentitiesAtAnyStep() {
    for (int commands = 2; commands <= 3; commands++) {
      User user = viewer("user" + commands);
      store.users().create(new NewUser(user, null, GOOGLE));
      link(GITHUB, user);
      Mortal.dying(prefix, commands, process -> process.users().delete(user.id(), ADMIN));

      assertThat(store.identities().findUser(GOOGLE)).isEmpty();
      assertThat(store.identities().ofUser(user.id())).isEmpty();
      assertThat(link(GITHUB, user)).isEqualTo(Linking.NO_USER);
      assertThat(store.identities().unlink(user.id(), GOOGLE)).isEqualTo(Unlinking.NOT_FOUND);
      store.migrate();
      assertThat(intents()).isZero();
    }
    store.users().create(new NewUser(guest, null, GOOGLE));
    assertThat(store.identities().findUser(GOOGLE)).contains(new StoredUser(guest, null, 0));
  }

  /** What a look-up finds that somebody overtakes after so many of its commands. */
  private Optional<StoredUser> findOvertaken(int commands, Runnable byOthers) {
    try (Mortal mortal = new Mortal();
        RedisAuthStore process =
            RedisAuthStore.builder(mortal, mortal.config()).keyPrefix(prefix).open()) {
      mortal.meetsAfter(commands, byOthers);
      return process.identities().findUser(GOOGLE);
    }
  }

  @Test
  void nobodyIsFoundByAnIdentityThatIsTakenOffMeanwhileWithTheEpochFromAfterIt() {
    createWithTwo();
    for (int commands = 0; commands <= 2; commands++) {
      long before = epoch();

      Optional<StoredUser> found =
          findOvertaken(
              commands,
              () ->
                  assertThat(store.identities().unlink(guest.id(), GOOGLE))
                      .isEqualTo(Unlinking.UNLINKED));

      assertThat(found.map(StoredUser::credentialEpoch))
          .isIn(Optional.empty(), Optional.of(before));
      assertThat(link(GOOGLE, guest)).isEqualTo(Linking.LINKED);
    }
  }

  @Test
  void identityThatGoesToAnotherAccountMeanwhileIsFoundThere() {
    createWithTwo();

    Optional<StoredUser> found =
        findOvertaken(
            1,
            () -> {
              store.users().delete(guest.id(), ADMIN);
              link(GOOGLE, root);
            });

    assertThat(found.map(StoredUser::user).map(User::id)).contains(root.id());
  }
}

package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.ADMIN;
import static io.taskauth.store.redis.People.HASH;
import static io.taskauth.store.redis.People.NOW;
import static io.taskauth.store.redis.People.VIEWER;
import static io.taskauth.store.redis.People.admin;
import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * What becomes of a change whose process dies between two of its steps. A creation is decide, carry
 * out, settle; a change reads the account before.
 */
class KilledBetweenStepsTest {
  private static final UserChange CLOSE = UserChange.nothing().deactivate(NOW, null);

  private final String prefix = TestRedis.freshPrefix();
  private final Keys keys = new Keys(prefix);
  private RedisAuthStore store;
  private User root;

  @BeforeEach
  void open() {
    store = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
    store.migrate();
    root = create(admin("root"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private User create(User user) {
    assertThat(store.users().create(fresh(user))).isEqualTo(Creation.CREATED);
    return user;
  }

  private void dying(int commands, Consumer<RedisAuthStore> verb) {
    Mortal.dying(prefix, commands, verb);
  }

  private long intents() {
    try (Jedis jedis = TestRedis.jedis()) {
      return jedis.hlen(keys.accounts() + ":intents");
    }
  }

  private User createdByTheDead(int commands) {
    User ada = viewer("ada").withEmail(new EmailAddress("ada@example.org"));
    dying(commands, process -> process.users().create(fresh(ada)));
    return ada;
  }

  @Test
  void creationThatWasDecidedIsCarriedOutByWhoeverLooksForTheName() {
    User ada = createdByTheDead(1);

    assertThat(store.users().findByLogin(LoginKey.of("ADA@example.org")))
        .contains(new StoredUser(ada, HASH, 0));
    assertThat(intents()).isZero();
  }

  @Test
  void creationThatWasDecidedIsCarriedOutByWhoeverLooksForTheAccount() {
    User ada = createdByTheDead(1);

    assertThat(store.users().find(ada.id())).contains(ada);
  }

  @Test
  void creationThatWasDecidedIsInLists() {
    User ada = createdByTheDead(1);

    assertThat(store.users().newest(PageRequest.first(10)).items()).containsExactly(ada, root);
    assertThat(store.users().startingWith(LoginKey.of("ad"), PageRequest.first(10)).items())
        .containsExactly(ada);
  }

  @Test
  void creationThatWasNotDecidedLeavesNothing() {
    User ada = createdByTheDead(0);

    assertThat(store.users().find(ada.id())).isEmpty();
    assertThat(create(viewer("ada"))).isNotNull();
  }

  @Test
  void nameOfACreationThatWasDecidedIsTaken() {
    User unused = createdByTheDead(1);

    assertThat(store.users().create(fresh(viewer("ada")))).isEqualTo(Creation.NAME_TAKEN);
    assertThat(store.users().createFirst(fresh(admin("eve")))).isFalse();
  }

  @Test
  void accountThatWasDecidedToBeCreatedCanBeChangedAndDeleted() {
    User ada = createdByTheDead(1);
    assertThat(store.users().change(ada.id(), UserChange.nothing().role(ADMIN), ADMIN))
        .isEqualTo(new ChangeOutcome.Changed(ada.withRole(ADMIN)));

    User bob = viewer("bob");
    dying(1, process -> process.users().create(fresh(bob)));
    assertThat(store.users().delete(bob.id(), ADMIN)).isEqualTo(Deletion.DELETED);
    assertThat(store.users().findByLogin(LoginKey.of("bob"))).isEmpty();
  }

  @Test
  void closingThatWasDecidedIsCarriedOutByTheNextChange() {
    User ada = create(viewer("ada"));
    Session session = People.open(store, ada);
    AccessToken token = People.token(store, ada);
    OneTimeSecret secret = People.secret(ada, null);
    store.secrets().put(secret);
    dying(2, process -> process.users().change(ada.id(), CLOSE, ADMIN));
    List<Change> told = new CopyOnWriteArrayList<>();
    Runnable unused = store.changes().subscribe(told::add);

    var outcome = store.users().change(ada.id(), UserChange.nothing().displayName("Ada"), ADMIN);

    User closed = ada.withLastLoginAt(NOW).deactivated(NOW, null).withDisplayName("Ada");
    assertThat(outcome).isEqualTo(new ChangeOutcome.Changed(closed));
    assertThat(store.users().findByLogin(LoginKey.of("ada")))
        .contains(new StoredUser(closed, HASH, 1));
    assertThat(store.sessions().find(ada.id(), session.id())).isEmpty();
    assertThat(store.secrets().take(secret.hash(), secret.purpose(), NOW)).isEmpty();
    assertThat(store.accessTokens().find(token.id()).orElseThrow().token())
        .isEqualTo(token.revoked(NOW));
    assertThat(store.accessTokens().newest(PageRequest.first(10)).items()).isEmpty();
    assertThat(told).contains(new Change.OfUser(ada.id()));
  }

  @Test
  void closingThatWasDecidedIsCarriedOutByTheSweeperAndByMigrating() {
    User ada = create(viewer("ada"));
    User bob = create(viewer("bob"));
    Session ofAda = People.open(store, ada);
    Session ofBob = People.open(store, bob);
    dying(2, process -> process.users().change(ada.id(), CLOSE, ADMIN));
    int unused = store.sessions().sweep(NOW, 10);
    assertThat(store.sessions().find(ada.id(), ofAda.id())).isEmpty();

    dying(2, process -> process.users().change(bob.id(), CLOSE, ADMIN));
    store.migrate();
    assertThat(store.sessions().find(bob.id(), ofBob.id())).isEmpty();
    assertThat(intents()).isZero();
  }

  @Test
  void closingThatWasCarriedOutIsNotCarriedOutAgain() {
    User ada = create(viewer("ada"));
    AccessToken token = People.token(store, ada);
    dying(3, process -> process.users().change(ada.id(), CLOSE, ADMIN));
    assertThat(store.accessTokens().find(token.id()).orElseThrow().token().revokedAt())
        .isEqualTo(NOW);

    store.users().change(ada.id(), UserChange.nothing().activate(), ADMIN);

    assertThat(store.users().findByLogin(LoginKey.of("ada")).orElseThrow())
        .isEqualTo(new StoredUser(ada.withLastLoginAt(NOW), HASH, 1));
    assertThat(store.accessTokens().newest(PageRequest.first(10)).items()).isEmpty();
    assertThat(store.accessTokens().sweep(NOW.plusMillis(1), 10)).isEqualTo(1);
  }

  @Test
  void newEmailThatWasDecidedIsFoundAndTheOldOneIsFree() {
    User ada = create(viewer("ada").withEmail(new EmailAddress("old@example.org")));
    EmailAddress fresh = new EmailAddress("new@example.org");
    dying(2, process -> process.users().change(ada.id(), UserChange.nothing().email(fresh), ADMIN));

    assertThat(store.users().findByLogin(LoginKey.of("old@example.org"))).isEmpty();
    assertThat(store.users().findByLogin(fresh.key()).orElseThrow().user())
        .isEqualTo(ada.withEmail(fresh));
  }

  @Test
  void demotionThatWasDecidedCounts() {
    User ada = create(admin("ada"));
    dying(2, process -> process.users().change(ada.id(), UserChange.nothing().role(VIEWER), ADMIN));

    assertThat(store.users().delete(root.id(), ADMIN)).isEqualTo(Deletion.LAST_ADMINISTRATOR);
  }

  @Test
  void deletionThatWasDecidedIsCarriedOutAtAnyStep() {
    for (int commands = 2; commands <= 4; commands++) {
      User ada = create(viewer("ada" + commands));
      Session session = People.open(store, ada);
      AccessToken token = People.token(store, ada);
      dying(commands, process -> process.users().delete(ada.id(), ADMIN));

      assertThat(store.users().findByLogin(LoginKey.of("ada" + commands))).isEmpty();
      store.migrate();

      assertThat(store.users().find(ada.id())).isEmpty();
      assertThat(store.sessions().find(ada.id(), session.id())).isEmpty();
      assertThat(store.accessTokens().find(token.id())).isEmpty();
      assertThat(intents()).isZero();
      try (Jedis jedis = TestRedis.jedis()) {
        assertThat(jedis.hexists(keys.tokens() + ":owners", token.id().value())).isFalse();
      }
    }
  }

  @Test
  void accountThatIsDeletedMeanwhileIsNotCreatedByALateProcess() {
    User ada = createdByTheDead(1);
    Intent late = Intent.create(ada.id(), UserRow.created(ada, HASH));
    store.migrate();
    store.users().delete(ada.id(), ADMIN);

    try (Jedis jedis = TestRedis.jedis()) {
      Step step = Step.of(Script.APPLY, keys.account(ada.id()), lateArguments(ada, late));
      Object unused = jedis.getConnection().executeCommand(step.command());
    }

    assertThat(store.users().find(ada.id())).isEmpty();
    assertThat(store.sessions().open(People.session(ada), 0, 10)).isFalse();
  }

  private List<String> lateArguments(User user, Intent intent) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of(keys.channel(), "late-1", user.id().toString()));
    arguments.addAll(intent.words());
    return arguments;
  }

  @Test
  void firstPasswordThatWasNotNotedCountsWhenItMatters() {
    User invited = admin("invited");
    store.users().create(new NewUser(invited, null));
    assertThat(store.users().delete(root.id(), ADMIN)).isEqualTo(Deletion.LAST_ADMINISTRATOR);
    try (Mortal mortal = new Mortal();
        RedisAuthStore process =
            RedisAuthStore.builder(mortal, mortal.config()).keyPrefix(prefix).open()) {
      mortal.diesAfter(1);
      assertThat(process.sessions().changePassword(invited.id(), OptionalLong.empty(), HASH, null))
          .contains(0);
    }

    assertThat(store.users().delete(root.id(), ADMIN)).isEqualTo(Deletion.DELETED);
  }

  @Test
  void tokenThatWasListedAndNotMadeIsNowhereAndSwept() {
    User ada = create(viewer("ada"));
    Session session = People.open(store, ada);
    AccessToken token = People.token(ada);
    dying(1, process -> process.accessTokens().create(token, "0".repeat(64), session.id(), 9));

    assertThat(store.accessTokens().newest(PageRequest.first(10)).items()).isEmpty();
    assertThat(store.accessTokens().find(token.id())).isEmpty();
    assertThat(store.accessTokens().sweep(NOW.plus(Duration.ofDays(1)), 10)).isZero();
    try (Jedis jedis = TestRedis.jedis()) {
      assertThat(jedis.exists(keys.tokens() + ":owners", keys.tokens() + ":order")).isZero();
    }
  }

  @Test
  void changeGoesOnWhereAFailoverHasLostTheLastOne() {
    User ada = create(viewer("ada"));
    try (Jedis jedis = TestRedis.jedis()) {
      store.users().change(ada.id(), UserChange.nothing().displayName("lost"), ADMIN);
      jedis.hset(keys.user(ada.id()), "v", "1");
      jedis.hdel(keys.user(ada.id()), "display_name");
      assertThat(store.users().change(ada.id(), UserChange.nothing().role(ADMIN), ADMIN))
          .isEqualTo(new ChangeOutcome.Changed(ada.withRole(ADMIN)));

      jedis.hset(keys.accounts() + ":versions", ada.id().toString(), "1");
      assertThat(store.users().change(ada.id(), UserChange.nothing().role(VIEWER), ADMIN))
          .isEqualTo(new ChangeOutcome.Changed(ada));
      assertThat(store.users().find(ada.id())).contains(ada);
    }
  }
}

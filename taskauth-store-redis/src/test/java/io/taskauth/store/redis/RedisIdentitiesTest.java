package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.ADMIN;
import static io.taskauth.store.redis.People.NOW;
import static io.taskauth.store.redis.People.admin;
import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.guest;
import static io.taskauth.store.redis.People.secret;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.testkit.Race;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose identities are, on one server and on three that share the accounts. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class RedisIdentitiesTest {
  private static final Identity GOOGLE = new Identity("google", "1815");
  private static final Identity GITHUB = new Identity("github", "1815");

  private final RedisAuthStore store;
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private final User root = admin("root");

  RedisIdentitiesTest(boolean cluster) {
    this.store = cluster ? TestCluster.shared().freshStore() : TestRedis.freshStore();
  }

  @BeforeEach
  void open() {
    store.migrate();
    store.users().create(fresh(root));
    Runnable unused = store.changes().subscribe(told::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private IdentityStore identities() {
    return store.identities();
  }

  private User create(User user, Identity identity) {
    assertThat(store.users().create(new NewUser(user, null, identity))).isEqualTo(Creation.CREATED);
    return user;
  }

  private User ada() {
    User ada = viewer("ada");
    assertThat(store.users().create(fresh(ada))).isEqualTo(Creation.CREATED);
    return ada;
  }

  private Linking link(Identity identity, User user) {
    return identities().link(new LinkedIdentity(identity, user.id(), NOW));
  }

  private long epoch(User user) {
    return store.users().findByLogin(user.username().key()).orElseThrow().credentialEpoch();
  }

  private boolean isOpen(Session session) {
    return store.sessions().find(session.userId(), session.id()).isPresent();
  }

  @Test
  void accountIsMadeWithItsIdentity() {
    User guest = create(guest("guest", GOOGLE), GOOGLE);

    assertThat(identities().findUser(GOOGLE)).contains(new StoredUser(guest, null, 0));
    assertThat(identities().ofUser(guest.id()))
        .containsExactly(new LinkedIdentity(GOOGLE, guest.id(), NOW));
    assertThat(identities().findUser(GITHUB)).isEmpty();
    assertThat(identities().ofUser(root.id())).isEmpty();
  }

  @Test
  void whatIsTakenIsSaidInOrderAndNothingIsMade() {
    EmailAddress email = new EmailAddress("ada@example.org");
    create(guest("ada", GOOGLE).withEmail(email), GOOGLE);

    User same = guest("ADA", GOOGLE).withEmail(email);
    assertThat(store.users().create(new NewUser(same, null, GOOGLE)))
        .isEqualTo(Creation.NAME_TAKEN);
    User other = guest("bob", GOOGLE);
    assertThat(store.users().create(new NewUser(other.withEmail(email), null, GOOGLE)))
        .isEqualTo(Creation.EMAIL_TAKEN);
    assertThat(store.users().create(new NewUser(other, null, GOOGLE)))
        .isEqualTo(Creation.IDENTITY_TAKEN);
    assertThat(store.users().createFirst(new NewUser(other, null, GITHUB))).isFalse();

    assertThat(store.users().findByLogin(LoginKey.of("bob"))).isEmpty();
    assertThat(store.users().find(other.id())).isEmpty();
    assertThat(identities().findUser(GITHUB)).isEmpty();
    assertThat(identities().ofUser(other.id())).isEmpty();
  }

  @Test
  void subjectsAreComparedAsTheyAre() {
    List<Identity> alike =
        List.of(
            new Identity("a", "b:c"),
            new Identity("a", "B:c"),
            new Identity("a", "b"),
            new Identity("a-b", "c"),
            new Identity("a", ":"));
    for (int i = 0; i < alike.size(); i++) {
      create(guest("u" + i, alike.get(i)), alike.get(i));
    }

    for (int i = 0; i < alike.size(); i++) {
      User user = identities().findUser(alike.get(i)).orElseThrow().user();
      assertThat(user.username().value()).isEqualTo("u" + i);
      assertThat(identities().ofUser(user.id()))
          .extracting(LinkedIdentity::identity)
          .containsExactly(alike.get(i));
    }
  }

  @Test
  void identityIsLinkedToOneAccountThatIsThere() {
    User ada = ada();
    assertThat(link(GOOGLE, viewer("nobody"))).isEqualTo(Linking.NO_USER);
    assertThat(link(GOOGLE, ada)).isEqualTo(Linking.LINKED);
    assertThat(link(GOOGLE, ada)).isEqualTo(Linking.TAKEN);
    assertThat(link(GOOGLE, root)).isEqualTo(Linking.TAKEN);
    assertThat(link(GITHUB, ada)).isEqualTo(Linking.LINKED);

    assertThat(identities().ofUser(ada.id()))
        .containsExactly(
            new LinkedIdentity(GOOGLE, ada.id(), NOW), new LinkedIdentity(GITHUB, ada.id(), NOW));
    assertThat(identities().findUser(GITHUB)).contains(new StoredUser(ada, People.HASH, 0));
  }

  @Test
  void closedAccountKeepsItsIdentitiesAndIsFoundWithItsEpoch() {
    User ada = ada();
    link(GOOGLE, ada);

    store.users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);

    assertThat(identities().findUser(GOOGLE))
        .contains(new StoredUser(ada.deactivated(NOW, null), People.HASH, 1));
    assertThat(link(GITHUB, ada)).isEqualTo(Linking.LINKED);
  }

  @Test
  void identitiesGoWithTheAccount() {
    User guest = create(guest("guest", GOOGLE), GOOGLE);
    link(GITHUB, guest);

    assertThat(store.users().delete(guest.id(), ADMIN)).isEqualTo(Deletion.DELETED);

    assertThat(identities().findUser(GOOGLE)).isEmpty();
    assertThat(identities().ofUser(guest.id())).isEmpty();
    assertThat(link(GOOGLE, guest)).isEqualTo(Linking.NO_USER);
    assertThat(link(GITHUB, root)).isEqualTo(Linking.LINKED);
    create(guest("guest", GOOGLE), GOOGLE);
  }

  @Test
  void onlyWhatAnAccountHasIsTakenOff() {
    User guest = create(guest("guest", GOOGLE), GOOGLE);
    User ada = ada();

    assertThat(identities().unlink(viewer("nobody").id(), GOOGLE)).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(identities().unlink(ada.id(), GOOGLE)).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(identities().unlink(guest.id(), GITHUB)).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(identities().unlink(guest.id(), GOOGLE)).isEqualTo(Unlinking.ONLY_WAY_IN);

    assertThat(identities().findUser(GOOGLE)).contains(new StoredUser(guest, null, 0));
    assertThat(told).isEmpty();
  }

  @Test
  void lastIdentityOfAnAccountWithAPasswordMayGo() {
    User ada = ada();
    link(GOOGLE, ada);

    assertThat(identities().unlink(ada.id(), GOOGLE)).isEqualTo(Unlinking.UNLINKED);

    assertThat(identities().findUser(GOOGLE)).isEmpty();
    assertThat(identities().unlink(ada.id(), GOOGLE)).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(epoch(ada)).isEqualTo(1);
    assertThat(told).containsOnly(new Change.OfUser(ada.id()));
  }

  @Test
  void takingAnIdentityOffEndsItsSessionsAndNoOthers() {
    User guest = create(guest("guest", GOOGLE), GOOGLE);
    link(GITHUB, guest);
    link(new Identity("google", "other"), guest);
    Session ended = People.open(store, guest, GOOGLE, "sid");
    Session early = People.session(guest);
    List<Session> others =
        List.of(
            People.open(store, guest),
            People.open(store, guest, GITHUB, "sid"),
            People.open(store, guest, new Identity("google", "other"), null));
    OneTimeSecret theirs = secret(guest, ended);
    OneTimeSecret another = secret(guest, others.get(0));
    store.secrets().put(theirs);
    store.secrets().put(another);

    assertThat(identities().unlink(guest.id(), GOOGLE)).isEqualTo(Unlinking.UNLINKED);

    assertThat(isOpen(ended)).isFalse();
    assertThat(others).allMatch(this::isOpen);
    assertThat(store.secrets().take(theirs.hash(), theirs.purpose(), NOW)).isEmpty();
    assertThat(store.secrets().take(another.hash(), another.purpose(), NOW)).contains(another);
    assertThat(store.sessions().open(early, 0, 100)).isFalse();
    assertThat(told).containsOnly(new Change.OfUser(guest.id()));
  }

  @Test
  void ofManyAccountsForOneIdentityExactlyOneIsMade() {
    List<User> users = IntStream.range(0, 16).mapToObj(i -> guest("u" + i, GOOGLE)).toList();

    List<Creation> answers =
        Race.of(16, i -> store.users().create(new NewUser(users.get(i), null, GOOGLE)));

    assertThat(answers).containsOnlyOnce(Creation.CREATED);
    assertThat(Collections.frequency(answers, Creation.IDENTITY_TAKEN)).isEqualTo(15);
    User made = users.get(answers.indexOf(Creation.CREATED));
    assertThat(identities().findUser(GOOGLE).map(StoredUser::user)).contains(made);
    assertThat(users)
        .filteredOn(user -> store.users().find(user.id()).isPresent())
        .containsExactly(made);
  }

  @Test
  void identityThatIsLinkedWhileTheAccountGoesIsFree() {
    for (int round = 0; round < 10; round++) {
      User user = viewer("u" + round);
      Identity identity = new Identity("google", "r" + round);
      store.users().create(fresh(user));

      Race.<Object>between(
          () -> link(identity, user), () -> store.users().delete(user.id(), ADMIN));

      assertThat(identities().findUser(identity)).isEmpty();
      assertThat(link(identity, root)).isEqualTo(Linking.LINKED);
    }
  }

  @Test
  void lastTwoIdentitiesAreNotBothTakenOff() {
    for (int round = 0; round < 10; round++) {
      Identity one = new Identity("google", "r" + round);
      Identity two = new Identity("github", "r" + round);
      User guest = create(guest("guest" + round, one), one);
      link(two, guest);

      List<Unlinking> answers =
          Race.between(
              () -> identities().unlink(guest.id(), one),
              () -> identities().unlink(guest.id(), two));

      assertThat(answers).containsExactlyInAnyOrder(Unlinking.UNLINKED, Unlinking.ONLY_WAY_IN);
      assertThat(identities().ofUser(guest.id())).hasSize(1);
      assertThat(epoch(guest)).isEqualTo(1);
    }
  }

  @Test
  void signInThatIsUnderWayDoesNotOutliveItsIdentity() {
    User ada = ada();
    for (int round = 0; round < 10; round++) {
      Identity identity = new Identity("google", "r" + round);
      link(identity, ada);
      long epoch = identities().findUser(identity).orElseThrow().credentialEpoch();
      List<Session> late =
          IntStream.range(0, 4)
              .mapToObj(i -> People.through(People.session(ada), identity, null))
              .toList();

      Race.<Object>of(
          5,
          i ->
              i == 0
                  ? identities().unlink(ada.id(), identity)
                  : store.sessions().open(late.get(i - 1), epoch, 100));

      assertThat(late).noneMatch(this::isOpen);
      assertThat(epoch(ada)).isEqualTo(epoch + 1);
    }
  }
}

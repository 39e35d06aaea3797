package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.page.PageRequest;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import io.taskauth.user.Username;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Identities that are linked, taken off and signed in with by many at the same instant. */
interface IdentityRacesContract extends IdentitySteps {
  int WANTING = 16;

  private List<User> viewers(String name) {
    return IntStream.range(0, WANTING).mapToObj(i -> viewer(name + i)).toList();
  }

  private long accounts() {
    return store().users().newest(PageRequest.first(100)).items().size();
  }

  @Test
  default void ofManyWhoMakeAnAccountForAnIdentityExactlyOneDoes() {
    for (int round = 1; round <= 5; round++) {
      Identity identity = google("1-" + round);
      List<User> wanted = viewers("ada" + round + "-");

      List<Creation> made =
          Race.of(WANTING, i -> store().users().create(with(identity, wanted.get(i))));

      assertThat(made)
          .containsOnly(Creation.CREATED, Creation.IDENTITY_TAKEN)
          .containsOnlyOnce(Creation.CREATED);
      User winner = wanted.get(made.indexOf(Creation.CREATED));
      assertThat(leadsTo(identity)).contains(winner);
      assertThat(identities().ofUser(winner.id())).hasSize(1);
      assertThat(accounts()).isEqualTo(round);
      assertThat(wanted)
          .filteredOn(user -> store().users().findByLogin(user.username().key()).isPresent())
          .containsExactly(winner);
    }
  }

  @Test
  default void ofManyWhoMakeAnAccountNamedAfterItsIdentityExactlyOneDoes() {
    for (int round = 1; round <= 5; round++) {
      Identity identity = google("1-" + round);
      List<User> wanted =
          IntStream.range(0, WANTING)
              .mapToObj(i -> vouchedFor(Username.of(identity).value(), identity))
              .toList();

      List<Creation> made =
          Race.of(WANTING, i -> store().users().create(with(identity, wanted.get(i))));

      assertThat(made).doesNotContain(Creation.EMAIL_TAKEN).containsOnlyOnce(Creation.CREATED);
      assertThat(leadsTo(identity)).contains(wanted.get(made.indexOf(Creation.CREATED)));
      assertThat(accounts()).isEqualTo(round);
    }
  }

  @RepeatedTest(3)
  default void ofManyFirstAccountsWithAnIdentityOneIsMade() {
    List<User> all = IntStream.range(0, WANTING).mapToObj(i -> admin("u" + i)).toList();

    List<Boolean> won =
        Race.of(WANTING, i -> store().users().createFirst(with(google("" + i), all.get(i))));

    assertThat(won).containsOnlyOnce(true);
    assertThat(accounts()).isEqualTo(1);
    int first = won.indexOf(true);
    for (int i = 0; i < WANTING; i++) {
      assertThat(leadsTo(google("" + i)).isPresent()).isEqualTo(i == first);
    }
    assertThat(leadsTo(google("" + first))).contains(all.get(first));
  }

  @Test
  default void identityThatManyAccountsWantIsLinkedToOne() {
    List<User> users = viewers("u").stream().map(this::create).toList();
    for (int round = 0; round < 5; round++) {
      Identity identity = google("1-" + round);

      List<Linking> linked = Race.of(WANTING, i -> tryLink(users.get(i), identity));

      assertThat(linked)
          .containsOnly(Linking.LINKED, Linking.TAKEN)
          .containsOnlyOnce(Linking.LINKED);
      assertThat(leadsTo(identity)).contains(users.get(linked.indexOf(Linking.LINKED)));
    }
    assertThat(users.stream().mapToInt(user -> identities().ofUser(user.id()).size()).sum())
        .isEqualTo(5);
  }

  @Test
  default void identityIsEitherLinkedOrGetsAnAccountOfItsOwn() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 10; round++) {
      Identity identity = google("1-" + round);
      User fresh = viewer("fresh" + round);

      List<Object> done =
          Race.<Object>between(
              () -> tryLink(ada, identity), () -> store().users().create(with(identity, fresh)));

      boolean linked = done.get(0) == Linking.LINKED;
      assertThat(done.get(1)).isEqualTo(linked ? Creation.IDENTITY_TAKEN : Creation.CREATED);
      assertThat(leadsTo(identity)).contains(linked ? ada : fresh);
      assertThat(store().users().find(fresh.id()).isPresent()).isNotEqualTo(linked);
    }
  }

  @Test
  default void ofTheLastTwoIdentitiesOneStays() {
    for (int round = 0; round < 20; round++) {
      Identity first = google("1-" + round);
      Identity second = google("2-" + round);
      User ada = link(createWith(first, vouchedFor("ada" + round, first)), second);

      List<Unlinking> done =
          Race.between(
              () -> identities().unlink(ada.id(), first),
              () -> identities().unlink(ada.id(), second));

      assertThat(done).containsExactlyInAnyOrder(Unlinking.UNLINKED, Unlinking.ONLY_WAY_IN);
      Identity left = done.get(0) == Unlinking.ONLY_WAY_IN ? first : second;
      assertThat(identities().ofUser(ada.id()))
          .extracting(LinkedIdentity::identity)
          .containsExactly(left);
      assertThat(leadsTo(left)).contains(ada);
    }
  }

  @Test
  default void identityThatManyTakeOffIsTakenOffOnce() {
    User ada = create(viewer("ada"));
    for (int round = 1; round <= 5; round++) {
      link(ada, google("1"));

      List<Unlinking> done = Race.of(8, i -> identities().unlink(ada.id(), google("1")));

      assertThat(done)
          .containsOnly(Unlinking.UNLINKED, Unlinking.NOT_FOUND)
          .containsOnlyOnce(Unlinking.UNLINKED);
      assertThat(row(ada).credentialEpoch()).isEqualTo(round);
    }
  }

  @Test
  default void identityIsNeverLeftWithAnAccountThatIsGone() {
    User root = create(admin("root"));
    for (int round = 0; round < 20; round++) {
      Identity identity = google("1-" + round);
      User ada = create(viewer("ada"));

      List<Object> done =
          Race.<Object>between(
              () -> tryLink(ada, identity), () -> store().users().delete(ada.id(), ADMIN));

      assertThat(done.get(0)).isIn(Linking.LINKED, Linking.NO_USER);
      assertThat(done.get(1)).isEqualTo(Deletion.DELETED);
      assertThat(leadsTo(identity)).isEmpty();
      assertThat(identities().ofUser(ada.id())).isEmpty();
      link(root, identity);
    }
  }

  @Test
  default void noSignInThroughAnIdentitySurvivesItsTakingOff() {
    for (int round = 0; round < 20; round++) {
      Identity identity = google("1-" + round);
      User ada = link(create(viewer("ada" + round)), identity);
      List<Session> late =
          IntStream.range(0, 5)
              .mapToObj(i -> session(ada, NOW).through(new ProviderSession(identity, "s" + i)))
              .toList();

      Race.<Object>of(
          6,
          i ->
              i == 0
                  ? identities().unlink(ada.id(), identity)
                  : store().sessions().open(late.get(i - 1), 0, 100));

      assertThat(leadsTo(identity)).isEmpty();
      assertThat(late).noneMatch(this::isOpen);
      assertThat(store().sessions().ofUser(ada.id(), NOW)).isEmpty();
    }
  }

  @Test
  default void sessionsThatAProviderEndsManyTimesAtOnceAreCountedOnce() {
    List<User> users = List.of(create(viewer("ada")), create(viewer("eve")));
    for (int round = 0; round < 5; round++) {
      IntStream.range(0, 10).forEach(i -> openThrough(users.get(i % 2), google("1"), "s"));

      List<Integer> ended =
          Race.of(
              8,
              i ->
                  store()
                      .sessions()
                      .endThrough(new ProviderLogout("google", i % 2 == 0 ? "1" : null, "s")));

      assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
      assertThat(store().sessions().running(NOW)).isZero();
    }
  }
}

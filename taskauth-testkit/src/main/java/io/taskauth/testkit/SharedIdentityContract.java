package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Identities on two nodes: what one does the other hears, and of two who race one wins. */
interface SharedIdentityContract extends SharedNodes, IdentitySteps {
  int SIGNING_IN = 16;

  private static boolean isOpen(AuthStore node, Session session) {
    return node.sessions().find(session.userId(), session.id()).isPresent();
  }

  @Test
  default void identityMadeHereSignsInThere() {
    User ada = createWith(google("1"), vouchedFor("ada", google("1")));
    StoredUser found = there().identities().findUser(google("1")).orElseThrow();
    Session session = session(ada, NOW).through(new ProviderSession(google("1"), "s"));

    assertThat(found.user()).isEqualTo(ada);
    assertThat(there().sessions().open(session, found.credentialEpoch(), 10)).isTrue();
    assertThat(here().sessions().find(ada.id(), session.id()))
        .map(SessionOfUser::session)
        .contains(session);
  }

  @Test
  default void identityThatWasTakenOffIsToldThere() {
    User ada = link(create(viewer("ada")), google("1"));
    Session session = openThrough(ada, google("1"), null);

    assertToldThere(
        () -> identities().unlink(ada.id(), google("1")),
        new Change.OfUser(ada.id()),
        () -> !isOpen(there(), session) && there().identities().findUser(google("1")).isEmpty());
  }

  @Test
  default void sessionThatItsProviderEndsIsToldThere() {
    User ada = create(viewer("ada"));
    Session session = openThrough(ada, google("1"), "s");

    assertToldThere(
        () -> here().sessions().endThrough(new ProviderLogout("google", null, "s")),
        new Change.OfSession(ada.id(), session.id()),
        () -> !isOpen(there(), session));
  }

  @Test
  default void accountForAnIdentityIsMadeOnce() {
    for (int round = 0; round < 5; round++) {
      Identity identity = google("1-" + round);
      String name = "ada" + round + "-";

      List<Creation> made =
          Race.of(SIGNING_IN, i -> node(i).users().create(with(identity, viewer(name + i))));

      assertThat(made)
          .containsOnly(Creation.CREATED, Creation.IDENTITY_TAKEN)
          .containsOnlyOnce(Creation.CREATED);
      int winner = made.indexOf(Creation.CREATED);
      assertThat(there().identities().findUser(identity))
          .map(found -> found.user().username().value())
          .contains(name + winner);
    }
  }

  @Test
  default void identityThatAccountsOnBothNodesWantIsLinkedToOne() {
    List<User> users =
        IntStream.range(0, SIGNING_IN).mapToObj(i -> create(viewer("u" + i))).toList();
    for (int round = 0; round < 5; round++) {
      Identity identity = google("1-" + round);

      List<Linking> linked =
          Race.of(
              SIGNING_IN,
              i -> node(i).identities().link(new LinkedIdentity(identity, users.get(i).id(), NOW)));

      assertThat(linked)
          .containsOnly(Linking.LINKED, Linking.TAKEN)
          .containsOnlyOnce(Linking.LINKED);
    }
  }

  @Test
  default void ofTheLastTwoIdentitiesOneStaysThoughBothNodesTakeOne() {
    for (int round = 0; round < 10; round++) {
      Identity first = google("1-" + round);
      Identity second = google("2-" + round);
      User ada = link(createWith(first, vouchedFor("ada" + round, first)), second);

      List<Unlinking> done =
          Race.between(
              () -> here().identities().unlink(ada.id(), first),
              () -> there().identities().unlink(ada.id(), second));

      assertThat(done).containsExactlyInAnyOrder(Unlinking.UNLINKED, Unlinking.ONLY_WAY_IN);
      assertThat(there().identities().ofUser(ada.id())).hasSize(1);
    }
  }
}

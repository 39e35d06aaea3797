package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.VIEWER;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.principal.Credential;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Two whole nodes: what one has ended is refused on the other, whatever that one remembers. */
interface SharedCacheContract extends SharedNodes {
  /** The session of an account on both nodes, and what the other one remembers. */
  private void assertRefusedThere(BiConsumer<SharedNode, Opened> ending) {
    try (SharedNode here = new SharedNode(here());
        SharedNode there = new SharedNode(there())) {
      here.create(admin("root"));
      Opened session = here.signIn(here.create(viewer("ada")));
      Credential cookie = SharedNode.cookie(session);
      there.warmUp(cookie);

      ending.accept(here, session);

      assertSoonAndThenAlways(() -> there.refuses(cookie));
      assertThat(here.refuses(cookie)).isTrue();
    }
  }

  /** Whoever asks a second later is told so, and so is everybody after the first who was. */
  private static void assertSoonAndThenAlways(BooleanSupplier condition) {
    Patience.await("known there", SOON, condition);
    for (int i = 0; i < 200; i++) {
      assertThat(condition.getAsBoolean()).as("known there once and for all").isTrue();
    }
  }

  @Test
  default void sessionEndedHereIsRefusedThere() {
    assertRefusedThere(
        (here, session) -> here.auth.sessions().end(session.user().id(), session.session().id()));
  }

  @Test
  default void sessionsEndedAllAtOnceAreRefusedThere() {
    assertRefusedThere((here, session) -> here.auth.sessions().endAll(session.user().id(), null));
  }

  @Test
  default void sessionOfAClosedAccountIsRefusedThere() {
    assertRefusedThere(
        (here, session) ->
            here.store
                .users()
                .change(session.user().id(), UserChange.nothing().deactivate(NOW, null), ADMIN));
  }

  @Test
  default void sessionOfADeletedAccountIsRefusedThere() {
    assertRefusedThere((here, session) -> here.store.users().delete(session.user().id(), ADMIN));
  }

  @Test
  default void sessionFromBeforeANewPasswordIsRefusedThere() {
    assertRefusedThere(
        (here, session) ->
            here.store
                .sessions()
                .changePassword(session.user().id(), OptionalLong.empty(), hash("new"), null));
  }

  @Test
  default void sessionThatANewerOneTookThePlaceOfIsRefusedThere() {
    assertRefusedThere(
        (here, session) ->
            here.store.sessions().open(Samples.session(session.user(), later(session)), 0, 1));
  }

  private static Instant later(Opened session) {
    return session.session().createdAt().plusSeconds(1);
  }

  @Test
  default void tokenRevokedHereIsRefusedThere() {
    try (SharedNode here = new SharedNode(here());
        SharedNode there = new SharedNode(there())) {
      Opened session = here.signIn(here.create(viewer("ada")));
      Outcome.Created revoked = here.makeToken(session);
      Outcome.Created kept = here.makeToken(session);
      there.warmUp(SharedNode.bearer(revoked), SharedNode.bearer(kept));

      here.auth
          .accessTokens()
          .orElseThrow()
          .revoke(session.user(), revoked.token().id(), SharedNode.CLIENT);

      assertSoonAndThenAlways(() -> there.refuses(SharedNode.bearer(revoked)));
      assertThat(there.accepts(SharedNode.bearer(kept))).isTrue();
    }
  }

  @Test
  default void tokenOfAClosedAccountIsRefusedThere() {
    try (SharedNode here = new SharedNode(here());
        SharedNode there = new SharedNode(there())) {
      here.create(admin("root"));
      User ada = here.create(viewer("ada"));
      Credential bearer = SharedNode.bearer(here.makeToken(here.signIn(ada)));
      there.warmUp(bearer);

      here.store.users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);

      assertSoonAndThenAlways(() -> there.refuses(bearer));
    }
  }

  @Test
  default void roleChangedHereCountsThere() {
    try (SharedNode here = new SharedNode(here());
        SharedNode there = new SharedNode(there())) {
      here.create(admin("root"));
      User ada = here.create(admin("ada"));
      Opened session = here.signIn(ada);
      Credential cookie = SharedNode.cookie(session);
      Credential bearer = SharedNode.bearer(here.makeToken(session));
      there.warmUp(cookie, bearer);

      here.store.users().change(ada.id(), UserChange.nothing().role(VIEWER), ADMIN);

      assertSoonAndThenAlways(() -> there.user(cookie).role().equals(VIEWER));
      assertSoonAndThenAlways(() -> there.user(bearer).role().equals(VIEWER));
    }
  }

  @Test
  default void whatBothNodesRememberCostsNoCall() {
    try (SharedNode here = new SharedNode(here());
        SharedNode there = new SharedNode(there())) {
      Opened session = here.signIn(here.create(viewer("ada")));
      List<Credential> credentials =
          List.of(SharedNode.cookie(session), SharedNode.bearer(here.makeToken(session)));
      for (SharedNode node : List.of(here, there)) {
        node.warmUp(credentials.toArray(Credential[]::new));
        int before = node.store.calls();

        for (int i = 0; i < 500; i++) {
          assertThat(credentials).allMatch(node::accepts);
        }

        assertThat(node.store.calls()).isEqualTo(before);
      }
    }
  }

  @Test
  default void changesOfOthersThereLeaveWhatIsRememberedHere() {
    try (SharedNode here = new SharedNode(here())) {
      Credential cookie = SharedNode.cookie(here.signIn(here.create(viewer("ada"))));
      User eve = here.create(viewer("eve"));
      here.warmUp(cookie);
      int before = here.store.calls();

      List<Change> told = new CopyOnWriteArrayList<>();
      Runnable unsubscribe = here().changes().subscribe(told::add);
      there().sessions().endAll(eve.id(), null);
      Patience.await("told", SOON, () -> !told.isEmpty());
      unsubscribe.run();

      assertThat(here.accepts(cookie)).isTrue();
      assertThat(here.store.calls()).isEqualTo(before);
    }
  }

  /** What was read before the end and arrives after it must not be remembered. */
  @Test
  default void underSteadyRequestsAnEndedSessionIsRefusedFromTheFirstRefusalOn() {
    try (SharedNode here = new SharedNode(here());
        SharedNode there = new SharedNode(there())) {
      User ada = here.create(viewer("ada"));
      for (int round = 0; round < 10; round++) {
        Opened session = here.signIn(ada);
        Credential cookie = SharedNode.cookie(session);
        AtomicBoolean refused = new AtomicBoolean();
        there.warmUp(cookie);

        List<Boolean> wrong =
            Race.of(
                4,
                i -> {
                  if (i == 0) {
                    here.auth.sessions().end(ada.id(), session.session().id());
                  }
                  return isAcceptedAfterARefusal(there, cookie, refused);
                });

        assertThat(wrong).containsOnly(false);
      }
    }
  }

  /** Asks until it is refused, and a little longer. */
  private static boolean isAcceptedAfterARefusal(
      SharedNode node, Credential cookie, AtomicBoolean refused) {
    long end = System.nanoTime() + SOON.toNanos();
    int after = 0;
    while (after < 50 && System.nanoTime() - end < 0) {
      boolean before = refused.get();
      boolean accepted = node.accepts(cookie);
      if (before && accepted) {
        return true;
      }
      after += before ? 1 : 0;
      if (!accepted) {
        refused.set(true);
      }
    }
    return !refused.get();
  }
}

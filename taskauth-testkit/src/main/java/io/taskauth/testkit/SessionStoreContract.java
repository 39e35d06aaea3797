package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions: opened, found, listed, used, ended. */
interface SessionStoreContract extends StoreContract {
  private Session lasting(User user, Instant createdAt, Duration length) {
    Session s = session(user, createdAt);
    Session lasting =
        new Session(
            s.id(), user.id(), createdAt, createdAt, createdAt.plus(length), s.ip(), s.userAgent());
    assertThat(store().sessions().open(lasting, 0, 100)).isTrue();
    return lasting;
  }

  private boolean exists(Session session) {
    return store().sessions().find(session.userId(), session.id()).isPresent();
  }

  @Test
  default void openedSessionIsFoundWithItsUserAndNotedAsTheLastSignIn() {
    User ada = create(viewer("ada", "ada@example.org").withDisplayName("Ada"));
    create(viewer("eve"));

    Session session = open(ada, NOW);

    assertThat(store().sessions().find(session.userId(), session.id()))
        .contains(new SessionOfUser(session, ada.withLastLoginAt(NOW)));
    assertThat(store().users().find(ada.id())).contains(ada.withLastLoginAt(NOW));
  }

  @Test
  default void unknownSessionIsNotFound() {
    User ada = create(viewer("ada"));

    assertThat(store().sessions().find(ada.id(), SessionId.random(Samples.IDS))).isEmpty();
  }

  @Test
  default void sessionIsFoundWithItsOwnUserOnly() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session session = open(ada, NOW);

    assertThat(store().sessions().find(eve.id(), session.id())).isEmpty();
    assertThat(store().sessions().find(viewer("nobody").id(), session.id())).isEmpty();
  }

  @Test
  default void everythingAboutASessionIsKept() {
    User ada = create(viewer("ada"));
    Session full =
        new Session(
            SessionId.random(Samples.IDS),
            ada.id(),
            NOW.plusMillis(1),
            NOW.plusMillis(2),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            "x".repeat(64),
            AWKWARD.repeat(10).substring(0, 256));
    Session bare =
        new Session(
            SessionId.random(Samples.IDS), ada.id(), NOW, NOW, NOW.plusMillis(1), null, null);

    assertThat(store().sessions().open(full, 0, 100)).isTrue();
    assertThat(store().sessions().open(bare, 0, 100)).isTrue();

    assertThat(store().sessions().find(full.userId(), full.id()).orElseThrow().session())
        .isEqualTo(full);
    assertThat(store().sessions().find(bare.userId(), bare.id()).orElseThrow().session())
        .isEqualTo(bare);
  }

  @Test
  default void sessionComesWithItsUserAsTheUserIsNow() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);

    store().users().change(ada.id(), UserChange.nothing().role(ADMIN).displayName("Ada"), ADMIN);

    assertThat(store().sessions().find(session.userId(), session.id()).orElseThrow().user())
        .isEqualTo(ada.withRole(ADMIN).withDisplayName("Ada").withLastLoginAt(NOW));
  }

  @Test
  default void sessionPastItsEndIsStillFoundButNotListed() {
    User ada = create(viewer("ada"));
    Session session = lasting(ada, NOW, Duration.ofHours(1));

    assertThat(store().sessions().ofUser(ada.id(), session.expiresAt().minusMillis(1)))
        .containsExactly(session);
    assertThat(store().sessions().ofUser(ada.id(), session.expiresAt())).isEmpty();
    assertThat(exists(session)).isTrue();
  }

  @Test
  default void noSessionIsOpenedForAnAccountThatIsClosedGoneOrHasANewPassword() {
    User closed = create(viewer("closed").deactivated(NOW, null));
    User changed = create(viewer("changed"));

    Session first = session(closed, NOW);
    Session second = session(changed, NOW);
    Session third = session(viewer("gone"), NOW);

    assertThat(store().sessions().open(first, 0, 100)).isFalse();
    assertThat(store().sessions().open(second, 1, 100)).isFalse();
    assertThat(store().sessions().open(third, 0, 100)).isFalse();
    assertThat(exists(first) || exists(second) || exists(third)).isFalse();
    assertThat(store().users().find(closed.id())).contains(closed);
    assertThat(store().users().find(changed.id())).contains(changed);
  }

  @Test
  default void refusedSignInEndsNoOtherSession() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);

    assertThat(store().sessions().open(session(ada, NOW.plusSeconds(1)), 7, 1)).isFalse();

    assertThat(exists(session)).isTrue();
  }

  @Test
  default void sessionsOfAUserAreListedNewestFirst() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session second = open(ada, NOW.plusMillis(1));
    Session first = open(ada, NOW);
    Session third = open(ada, NOW.plusMillis(2));
    open(eve, NOW);

    assertThat(store().sessions().ofUser(ada.id(), NOW)).containsExactly(third, second, first);
    assertThat(store().sessions().ofUser(viewer("bob").id(), NOW)).isEmpty();
  }

  @Test
  default void oldestSessionBeyondTheMostEnds() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session others = open(eve, NOW.minusSeconds(9));
    Session second = open(ada, NOW.plusSeconds(2));
    Session first = open(ada, NOW.plusSeconds(1));
    OneTimeSecret ticket = secret(null, first);
    store().secrets().put(ticket);
    Session third = session(ada, NOW.plusSeconds(3));
    Session fourth = session(ada, NOW.plusSeconds(4));

    assertThat(store().sessions().open(third, 0, 2)).isTrue();
    assertThat(store().sessions().ofUser(ada.id(), NOW)).containsExactly(third, second);
    assertThat(store().secrets().take(ticket.hash(), ticket.purpose(), NOW)).isEmpty();

    assertThat(store().sessions().open(fourth, 0, 1)).isTrue();
    assertThat(store().sessions().ofUser(ada.id(), NOW)).containsExactly(fourth);
    assertThat(exists(others)).isTrue();
  }

  @Test
  default void sessionEndsOnce() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    Session other = open(ada, NOW);

    assertThat(store().sessions().end(ada.id(), session.id())).isTrue();
    assertThat(store().sessions().end(ada.id(), session.id())).isFalse();

    assertThat(exists(session)).isFalse();
    assertThat(exists(other)).isTrue();
  }

  @Test
  default void nobodyEndsAnothersSession() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session session = open(ada, NOW);

    assertThat(store().sessions().end(eve.id(), session.id())).isFalse();

    assertThat(exists(session)).isTrue();
  }

  @Test
  default void allSessionsOfAUserEndButOne() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session kept = open(ada, NOW);
    Session second = open(ada, NOW);
    Session third = open(ada, NOW);
    Session others = open(eve, NOW);

    assertThat(store().sessions().endAll(ada.id(), kept.id())).isEqualTo(2);
    assertThat(exists(second) || exists(third)).isFalse();
    assertThat(exists(kept)).isTrue();

    assertThat(store().sessions().endAll(ada.id(), others.id())).isEqualTo(1);
    assertThat(store().sessions().endAll(ada.id(), null)).isZero();
    assertThat(exists(kept)).isFalse();
    assertThat(exists(others)).isTrue();
  }

  @Test
  default void lastUseOnlyMovesForward() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    Session other = open(ada, NOW);

    store().sessions().seen(List.of(session.withLastSeenAt(NOW.plusMillis(5))));
    store().sessions().seen(List.of(session.withLastSeenAt(NOW.plusMillis(4))));

    assertThat(store().sessions().find(session.userId(), session.id()).orElseThrow().session())
        .isEqualTo(session.withLastSeenAt(NOW.plusMillis(5)));
    assertThat(store().sessions().find(other.userId(), other.id()).orElseThrow().session())
        .isEqualTo(other);
  }

  @Test
  default void lastUseOfManySessionsIsNotedAtOnceAndOfEndedOnesNotAtAll() {
    User ada = create(viewer("ada"));
    List<Session> seen = new ArrayList<>();
    IntStream.range(0, 20)
        .forEach(i -> seen.add(open(ada, NOW).withLastSeenAt(NOW.plusSeconds(i))));
    List<Session> existing = List.copyOf(seen);
    IntStream.range(0, 300)
        .forEach(i -> seen.add(Samples.session(ada, NOW).withLastSeenAt(NOW.plusSeconds(i))));

    store().sessions().seen(seen);
    store().sessions().seen(List.of());

    assertThat(store().sessions().ofUser(ada.id(), NOW))
        .containsExactlyInAnyOrderElementsOf(existing);
  }

  @Test
  default void sessionsThatHaveNotEndedAreCounted() {
    assertThat(store().sessions().running(NOW)).isZero();
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session longest = lasting(ada, NOW, Duration.ofHours(3));
    lasting(ada, NOW, Duration.ofHours(1));
    Session ended = lasting(eve, NOW, Duration.ofHours(2));
    lasting(eve, NOW, Duration.ofHours(1));
    Instant firstEnd = NOW.plus(Duration.ofHours(1));

    assertThat(store().sessions().running(firstEnd.minusMillis(1))).isEqualTo(4);
    // At its end a session is over, whether or not somebody has swept it.
    assertThat(store().sessions().running(firstEnd)).isEqualTo(2);

    store().sessions().end(eve.id(), ended.id());
    assertThat(store().sessions().running(NOW)).isEqualTo(3);

    store().sessions().endAll(ada.id(), longest.id());
    assertThat(store().sessions().running(NOW)).isEqualTo(2);

    assertThat(store().sessions().sweep(firstEnd.plusMillis(1), 100)).isEqualTo(1);
    assertThat(store().sessions().running(firstEnd.plusMillis(1))).isEqualTo(1);
    assertThat(store().sessions().running(longest.expiresAt())).isZero();
  }

  @Test
  default void sessionsThatADeletedOrClosedAccountHadAreNotCounted() {
    User root = create(admin("root"));
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    List.of(root, ada, ada, eve).forEach(user -> open(user, NOW));

    store().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);
    store().users().delete(eve.id(), ADMIN);

    assertThat(store().sessions().running(NOW)).isEqualTo(1);
  }

  @Test
  default void sweepRemovesWhatIsPastItsEndUpToTheLimit() {
    User ada = create(viewer("ada"));
    for (int i = 0; i < 5; i++) {
      lasting(ada, NOW, Duration.ofHours(1));
    }
    Session living = lasting(ada, NOW, Duration.ofHours(2));
    Instant later = NOW.plus(Duration.ofHours(1)).plusMillis(1);

    assertThat(store().sessions().sweep(NOW.plus(Duration.ofMinutes(59)), 100)).isZero();
    assertThat(store().sessions().sweep(later, 3)).isEqualTo(3);
    assertThat(store().sessions().sweep(later, 3)).isEqualTo(2);
    assertThat(store().sessions().sweep(later, 3)).isZero();
    assertThat(store().sessions().endAll(ada.id(), null)).isEqualTo(1);
    assertThat(exists(living)).isFalse();
  }
}

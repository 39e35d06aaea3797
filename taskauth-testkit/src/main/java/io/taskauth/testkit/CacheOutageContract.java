package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.login.LoginOutcome;
import io.taskauth.password.Password;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Credential;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A whole node whose store is out: what it remembers counts for a second, and then nothing does.
 */
interface CacheOutageContract extends FaultyWay {
  @Test
  default void whatEndedElsewhereWhileTheServerWasSilentIsNeverAnsweredFromMemory() {
    assertOutageIsNeitherYesNorNo(way()::stall);
  }

  @Test
  default void whatEndedElsewhereWhileTheServerWasCutOffIsNeverAnsweredFromMemory() {
    assertOutageIsNeitherYesNorNo(way()::cut);
  }

  private void assertOutageIsNeitherYesNorNo(Runnable fault) {
    try (SharedNode node = new SharedNode(node())) {
      node.create(admin("root"));
      User ada = node.create(viewer("ada"));
      Opened kept = node.signIn(ada);
      Opened ended = node.signIn(ada);
      Outcome.Created revoked = node.makeToken(kept);
      Opened closed = node.signIn(node.create(viewer("bob")));
      List<Credential> credentials =
          List.of(
              SharedNode.cookie(kept),
              SharedNode.cookie(ended),
              SharedNode.bearer(revoked),
              SharedNode.cookie(closed));
      node.warmUp(credentials.toArray(Credential[]::new));

      fault.run();
      long since = System.nanoTime();
      List<Asking> asking =
          credentials.stream()
              .map(credential -> Asking.begin(() -> node.authenticate(credential)))
              .toList();
      other().sessions().end(ada.id(), ended.session().id());
      other().accessTokens().revoke(revoked.token().id(), ada.id(), NOW);
      UserChange close = UserChange.nothing().deactivate(NOW, null);
      other().users().change(closed.user().id(), close, ADMIN);
      // Nobody is remembered after the lease, and whoever is asked for then gives up.
      LockSupport.parkNanos(LEASE.plus(PATIENCE).toNanos() * 4 / 5);
      long repaired = System.nanoTime();
      way().restore();
      asking.forEach(
          one -> Patience.await("an answer", RECOVERY, () -> one.hasAnswerAfter(repaired)));
      Patience.await("the feed to be current", RECOVERY, node().changes()::isCurrent);
      node.warmUp(SharedNode.cookie(kept));
      asking.forEach(Asking::close);

      for (Asking one : asking) {
        assertRight(one.replies(), since, repaired, one == asking.get(0));
      }
    }
  }

  /**
   * @param since when the fault was there
   * @param repaired before which nobody can know anything
   * @param good whether the credential still holds
   */
  private static void assertRight(List<Reply> replies, long since, long repaired, boolean good) {
    Predicate<Reply> accepted = reply -> reply.answer() instanceof Authenticated;
    Predicate<Reply> rejected = reply -> reply.answer() instanceof Rejected;
    assertThat(replies).allMatch(reply -> reply.isAnswer() || reply.isOutage());
    assertThat(replies).allMatch(reply -> reply.took().compareTo(PATIENCE) < 0);
    assertThat(replies)
        .filteredOn(reply -> reply.isOverBefore(repaired))
        .as("while nobody can know")
        .noneMatch(rejected)
        .anyMatch(Reply::isOutage);
    assertThat(replies)
        .filteredOn(r -> r.isAskedAfter(since + LEASE.toNanos()) && r.isOverBefore(repaired))
        .as("later than a second after the fault")
        .allMatch(Reply::isOutage);
    assertThat(replies)
        .filteredOn(reply -> reply.isAskedAfter(since + LEASE.toNanos()) && reply.isAnswer())
        .as("what the store says when it is back")
        .isNotEmpty()
        .allMatch(good ? accepted : rejected);
  }

  @Test
  default void momentOfSilenceIsNotNoticedByWhoeverIsRemembered() {
    try (SharedNode node = new SharedNode(node())) {
      Credential cookie = SharedNode.cookie(node.signIn(node.create(viewer("ada"))));
      node.warmUp(cookie);

      way().stall();

      assertThat(node.accepts(cookie)).isTrue();
      way().restore();
    }
  }

  @Test
  default void nobodySignsInUncountedWhileTheServerIsSilent() {
    assertNobodySignsIn(way()::stall);
  }

  @Test
  default void nobodySignsInUncountedWhileTheServerIsCutOff() {
    assertNobodySignsIn(way()::cut);
  }

  private void assertNobodySignsIn(Runnable fault) {
    Password wrong = Password.of("wrong horse battery");
    try (SharedNode node = new SharedNode(node())) {
      User ada = node.create(viewer("ada"));
      assertThat(node.trySignIn(ada, wrong)).isEqualTo(new LoginOutcome.BadCredentials());
      fault.run();

      List<Reply> replies =
          Race.of(
              6,
              i -> Reply.to(() -> node.trySignIn(ada, i % 2 == 0 ? SharedNode.PASSWORD : wrong)));

      assertThat(replies).allMatch(Reply::isOutage);
      assertThat(replies).allMatch(reply -> reply.took().compareTo(PATIENCE) < 0);
      way().restore();
      Patience.await(
          "an answer", RECOVERY, () -> Reply.to(() -> node.trySignIn(ada, wrong)).isAnswer());
      assertThat(node.trySignIn(ada, wrong)).isEqualTo(new LoginOutcome.BadCredentials());
      assertThat(node.signIn(ada).user().id()).isEqualTo(ada.id());
    }
  }

  /** The server has done it, and the connection breaks before it can say so. */
  @Test
  default void writeWhoseAnswerIsLostIsAnOutageAndWhatItChangedIsForgotten() {
    try (SharedNode node = new SharedNode(node())) {
      User ada = node.create(viewer("ada"));
      Opened session = node.signIn(ada);
      Reply lost = endAndLoseTheAnswer(node, session);
      // A busy machine may be too slow to cut the answer off.
      for (int tries = 1; tries < 5 && lost.isAnswer(); tries++) {
        way().restore();
        Reply again = Reply.whenAnswered(() -> node.signIn(ada), RECOVERY);
        session = (Opened) Objects.requireNonNull(again.answer());
        lost = endAndLoseTheAnswer(node, session);
      }
      Credential cookie = SharedNode.cookie(session);
      assertThat(lost.isOutage()).as("%s", lost).isTrue();
      // The feed's connection is cut too, which a busy machine may notice a moment later.
      Patience.await(
          "an outage", PATIENCE, () -> Reply.to(() -> node.authenticate(cookie)).isOutage());
      way().restore();

      Reply first = Reply.whenAnswered(() -> node.authenticate(cookie), RECOVERY);

      assertThat(first.answer()).isInstanceOf(Rejected.class);
      assertThat(other().sessions().find(ada.id(), session.session().id())).isEmpty();
    }
  }

  private Reply endAndLoseTheAnswer(SharedNode node, Opened session) {
    node.warmUp(SharedNode.cookie(session));
    CountDownLatch done = new CountDownLatch(1);
    Change end = new Change.OfSession(session.user().id(), session.session().id());
    Runnable unsubscribe =
        other()
            .changes()
            .subscribe(
                change -> {
                  if (change.equals(end)) {
                    done.countDown();
                  }
                });
    // Long enough for the other node to hear of it first.
    way().delay(Duration.ofMillis(60));
    List<Reply> replies =
        Race.between(
            () ->
                Reply.to(
                    () -> node.auth.sessions().end(session.user().id(), session.session().id())),
            () ->
                Reply.to(
                    () -> {
                      boolean heard = awaitQuietly(done);
                      way().cut();
                      return heard;
                    }));
    unsubscribe.run();
    assertThat(replies.get(1).answer()).as("the change is told elsewhere").isEqualTo(true);
    return replies.get(0);
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    return Patience.comesTrue(PATIENCE, () -> latch.getCount() == 0);
  }
}

package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sign-ins that are under way while the account changes, and sessions that end twice. */
interface SessionRacesContract extends StoreContract {
  private boolean open(Session session, long epoch) {
    return store().sessions().open(session, epoch, 100);
  }

  private List<Session> sessions(User user, int count) {
    return IntStream.range(0, count).mapToObj(i -> session(user, NOW.plusMillis(i))).toList();
  }

  @Test
  default void noSignInWithTheOldPasswordSurvivesAPasswordChange() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 20; round++) {
      StoredUser before = row(ada);
      long epoch = before.credentialEpoch();
      Session keep = session(ada, NOW);
      assertThat(open(keep, epoch)).isTrue();
      List<Session> late = sessions(ada, 5);
      var next = hash("round-" + round);

      Race.<Object>of(
          6,
          i ->
              i == 0
                  ? store()
                      .sessions()
                      .changePassword(ada.id(), OptionalLong.of(epoch), next, keep.id())
                  : open(late.get(i - 1), epoch));

      assertThat(row(ada).passwordHash()).isEqualTo(next);
      assertThat(store().sessions().ofUser(ada.id(), NOW)).containsExactly(keep);
      assertThat(late).noneMatch(s -> store().sessions().find(s.userId(), s.id()).isPresent());
      store().sessions().endAll(ada.id(), null);
    }
  }

  @Test
  default void noSignInSurvivesTheClosingOfTheAccount() {
    for (int round = 0; round < 20; round++) {
      User ada = create(viewer("ada" + round));
      List<Session> late = sessions(ada, 5);

      Race.<Object>of(
          6,
          i ->
              i == 0
                  ? store()
                      .users()
                      .change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN)
                  : open(late.get(i - 1), 0));

      assertThat(row(ada).user().active()).isFalse();
      assertThat(late).noneMatch(s -> store().sessions().find(s.userId(), s.id()).isPresent());
    }
  }

  @Test
  default void noSignInSurvivesTheDeletionOfTheAccount() {
    create(admin("root"));
    for (int round = 0; round < 10; round++) {
      User ada = create(viewer("ada" + round));
      List<Session> late = sessions(ada, 3);

      Race.<Object>of(
          4, i -> i == 0 ? store().users().delete(ada.id(), ADMIN) : open(late.get(i - 1), 0));

      assertThat(store().users().find(ada.id())).isEmpty();
      assertThat(late).noneMatch(s -> store().sessions().find(s.userId(), s.id()).isPresent());
      assertThat(store().sessions().ofUser(ada.id(), NOW)).isEmpty();
    }
  }

  @Test
  default void signInsAtTheSameTimeNeverLeaveMoreSessionsThanAllowed() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 5; round++) {
      List<Session> many = sessions(ada, 8);

      List<Boolean> opened = Race.of(8, i -> store().sessions().open(many.get(i), 0, 3));

      assertThat(opened).containsOnly(true);
      assertThat(store().sessions().ofUser(ada.id(), NOW)).hasSize(3);
      store().sessions().endAll(ada.id(), null);
    }
  }

  @Test
  default void sessionThatManyEndAtOnceEndsOnce() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 5; round++) {
      Session session = open(ada, NOW);

      List<Boolean> ended = Race.of(16, i -> store().sessions().end(ada.id(), session.id()));

      assertThat(ended).containsOnlyOnce(true);
      assertThat(store().sessions().find(session.userId(), session.id())).isEmpty();
    }
  }

  @Test
  default void sessionsThatManyEndAtOnceAreCountedOnce() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 5; round++) {
      sessions(ada, 10).forEach(s -> assertThat(open(s, 0)).isTrue());

      List<Integer> ended = Race.of(8, i -> store().sessions().endAll(ada.id(), null));

      assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
      assertThat(store().sessions().ofUser(ada.id(), NOW)).isEmpty();
    }
  }

  @Test
  default void endedSessionIsNotBroughtBackByItsLastUse() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 10; round++) {
      Session session = open(ada, NOW);

      Race.<Object>between(
          () -> store().sessions().end(ada.id(), session.id()),
          () -> {
            store().sessions().seen(List.of(session.withLastSeenAt(NOW.plusSeconds(60))));
            return true;
          });

      assertThat(store().sessions().find(session.userId(), session.id())).isEmpty();
    }
  }
}

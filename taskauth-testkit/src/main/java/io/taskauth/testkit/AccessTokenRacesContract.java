package io.taskauth.testkit;

import static io.taskauth.accesstoken.AccessTokenStore.Creation.CREATED;
import static io.taskauth.accesstoken.AccessTokenStore.Creation.SESSION_ENDED;
import static io.taskauth.accesstoken.AccessTokenStore.Creation.TOO_MANY;
import static io.taskauth.accesstoken.AccessTokenStore.Revocation.ALREADY_REVOKED;
import static io.taskauth.accesstoken.AccessTokenStore.Revocation.REVOKED;
import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.token;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.Creation;
import io.taskauth.accesstoken.AccessTokenStore.Revocation;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.session.Session;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Access tokens that are made and revoked at the same instant as something else happens. */
interface AccessTokenRacesContract extends TokenSteps {
  private List<AccessToken> fresh(User user, int count) {
    return IntStream.range(0, count).mapToObj(i -> token(user)).toList();
  }

  private void close(User user) {
    store().users().change(user.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);
  }

  @Test
  default void tokensMadeAtTheSameTimeAreNeverMoreThanAllowed() {
    for (int round = 0; round < 5; round++) {
      User ada = create(viewer("ada" + round));
      List<Session> sessions = IntStream.range(0, 4).mapToObj(i -> open(ada, NOW)).toList();
      List<AccessToken> tokens = fresh(ada, 16);

      List<Creation> made = Race.of(16, i -> create(tokens.get(i), sessions.get(i % 4), 5));

      assertThat(made).containsOnly(CREATED, TOO_MANY).filteredOn(CREATED::equals).hasSize(5);
      assertThat(tokens().ofUser(ada.id())).hasSize(5);
      assertThat(tokens)
          .allMatch(
              token ->
                  stored(token).isPresent() == made.get(tokens.indexOf(token)).equals(CREATED));
    }
  }

  @Test
  default void lastFreePlaceGoesToOne() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    for (int held = 0; held < 10; held++) {
      List<AccessToken> tokens = fresh(ada, 16);
      int atMost = held + 1;

      List<Creation> made = Race.of(16, i -> create(tokens.get(i), session, atMost));

      assertThat(made).containsOnlyOnce(CREATED);
    }
  }

  @Test
  default void noTokenAppearsOnceTheSessionThatAskedForItHasEnded() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 20; round++) {
      Session session = open(ada, NOW);
      List<AccessToken> tokens = fresh(ada, 5);
      List<AccessToken> atTheEnd = new ArrayList<>();
      boolean all = round % 2 == 0;

      List<Creation> made =
          Race.of(
              5,
              i -> {
                if (i == 0) {
                  if (all) {
                    store().sessions().endAll(ada.id(), null);
                  } else {
                    store().sessions().end(ada.id(), session.id());
                  }
                  tokens.stream().filter(this::isLive).forEach(atTheEnd::add);
                }
                return create(tokens.get(i), session, MANY);
              });

      assertThat(made).startsWith(SESSION_ENDED).isSubsetOf(CREATED, SESSION_ENDED);
      assertThat(tokens.stream().filter(this::isLive)).containsExactlyElementsOf(atTheEnd);
      assertThat(made).filteredOn(CREATED::equals).hasSameSizeAs(atTheEnd);
    }
  }

  @Test
  default void noTokenSurvivesTheClosingOfTheAccount() {
    for (int round = 0; round < 20; round++) {
      User ada = create(viewer("ada" + round));
      Session session = open(ada, NOW);
      List<AccessToken> late = fresh(ada, 5);

      Race.<Object>of(
          6,
          i -> {
            if (i == 0) {
              close(ada);
              return SESSION_ENDED;
            }
            return create(late.get(i - 1), session, MANY);
          });

      assertThat(row(ada).user().active()).isFalse();
      assertThat(late).noneMatch(this::isLive);
      assertThat(tokens().ofUser(ada.id())).isEmpty();
    }
  }

  @Test
  default void noTokenSurvivesTheDeletionOfTheAccount() {
    create(admin("root"));
    for (int round = 0; round < 10; round++) {
      User ada = create(viewer("ada" + round));
      Session session = open(ada, NOW);
      List<AccessToken> late = fresh(ada, 5);

      Race.<Object>of(
          6,
          i ->
              i == 0
                  ? store().users().delete(ada.id(), ADMIN)
                  : create(late.get(i - 1), session, MANY));

      assertThat(store().users().find(ada.id())).isEmpty();
      assertThat(late).noneMatch(token -> stored(token).isPresent());
      assertThat(tokens().ofUser(ada.id())).isEmpty();
    }
  }

  @Test
  default void ofManyWhoRevokeATokenExactlyOneDoes() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 10; round++) {
      AccessToken token = createToken(ada);

      List<Revocation> answers =
          Race.of(
              16,
              i -> tokens().revoke(token.id(), i % 2 == 0 ? ada.id() : null, NOW.plusMillis(i)));

      assertThat(answers).containsOnlyOnce(REVOKED).containsOnly(REVOKED, ALREADY_REVOKED);
      assertThat(stored(token)).contains(token.revoked(NOW.plusMillis(answers.indexOf(REVOKED))));
    }
  }

  @Test
  default void revokedTokenIsNotBroughtBackByItsLastUse() {
    User ada = create(viewer("ada"));
    TokenUse use = new TokenUse(NOW.plusSeconds(60), "192.0.2.1");
    for (int round = 0; round < 10; round++) {
      AccessToken token = createToken(ada);

      Race.<Object>between(
          () -> tokens().revoke(token.id(), null, NOW),
          () -> {
            tokens().used(List.of(token.used(use)));
            return use;
          });

      assertThat(stored(token)).contains(token.used(use).revoked(NOW));
    }
  }

  @Test
  default void closingAndRevokingAtTheSameTimeLeaveTheTokenRevoked() {
    for (int round = 0; round < 10; round++) {
      User ada = create(viewer("ada" + round));
      AccessToken token = createToken(ada);

      Race.<Object>between(
          () -> tokens().revoke(token.id(), ada.id(), NOW.plusSeconds(1)),
          () -> {
            close(ada);
            return ada;
          });

      assertThat(stored(token).orElseThrow().revokedAt()).isIn(NOW, NOW.plusSeconds(1));
    }
  }

  @Test
  default void sweepersAtTheSameTimeRemoveEachTokenOnce() {
    User ada = create(viewer("ada"));
    for (int i = 0; i < 12; i++) {
      tokens().revoke(createToken(ada).id(), null, NOW);
    }

    List<Integer> swept = Race.of(4, i -> tokens().sweep(NOW.plusSeconds(1), 100));

    assertThat(swept.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);
  }
}

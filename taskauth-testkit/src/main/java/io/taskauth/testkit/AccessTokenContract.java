package io.taskauth.testkit;

import static io.taskauth.accesstoken.AccessTokenStore.Creation.CREATED;
import static io.taskauth.accesstoken.AccessTokenStore.Creation.SESSION_ENDED;
import static io.taskauth.accesstoken.AccessTokenStore.Creation.TOO_MANY;
import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.hashOf;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.token;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.session.Session;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Access tokens: who may make one, how many, and what is kept of them. */
interface AccessTokenContract extends TokenSteps {
  private AccessToken endingAt(User user, Instant end) {
    return AccessToken.created(
        TokenId.random(Samples.IDS), user.id(), "t", Scopes.unlimited(), NOW, Expiry.at(end));
  }

  @Test
  default void tokenComesBackAsItWasWithItsOwner() {
    User ada = create(viewer("ada", "ada@example.org").withDisplayName("Ada"));
    Session session = open(ada, NOW);
    Scopes scopes = Scopes.of(List.of("write:tasks", "read", "admin"));
    AccessToken limited =
        AccessToken.created(
            TokenId.random(Samples.IDS),
            ada.id(),
            AWKWARD,
            scopes,
            NOW,
            Expiry.at(NOW.plusSeconds(60)));
    AccessToken unlimited = token(ada);

    create(limited, session);
    create(unlimited, session);

    User owner = ada.withLastLoginAt(NOW);
    assertThat(tokens().find(limited.id()))
        .contains(new StoredToken(limited, hashOf(limited), owner));
    assertThat(tokens().find(unlimited.id()))
        .contains(new StoredToken(unlimited, hashOf(unlimited), owner));
  }

  @Test
  default void tokenIsFoundWithItsOwnOwnerOnly() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    AccessToken token = createToken(ada);

    assertThat(tokens().find(ada.id(), token.id())).isEqualTo(tokens().find(token.id()));
    assertThat(tokens().find(ada.id(), token.id())).isPresent();
    assertThat(tokens().find(eve.id(), token.id())).isEmpty();
    assertThat(tokens().find(ada.id(), TokenId.random(Samples.IDS))).isEmpty();
  }

  @Test
  default void unknownTokenIsNotFound() {
    assertThat(tokens().find(TokenId.random(Samples.IDS))).isEmpty();
  }

  @Test
  default void ownerComesAlongAsTheAccountIsNow() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);

    store().users().change(ada.id(), UserChange.nothing().role(ADMIN), ADMIN);
    assertThat(tokens().find(token.id()).orElseThrow().owner().role()).isEqualTo(ADMIN);

    create(admin("root"));
    store().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);
    assertThat(tokens().find(token.id()).orElseThrow().owner().active()).isFalse();
  }

  @Test
  default void sessionThatHasEndedMakesNoToken() {
    User ada = create(viewer("ada"));
    Session other = open(ada, NOW);
    Session ended = open(ada, NOW);
    store().sessions().end(ada.id(), ended.id());
    AccessToken token = token(ada);

    assertThat(create(token, ended, MANY)).isEqualTo(SESSION_ENDED);
    assertThat(create(token, session(ada, NOW), MANY)).isEqualTo(SESSION_ENDED);

    assertThat(stored(token)).isEmpty();
    assertThat(create(token, other, MANY)).isEqualTo(CREATED);
  }

  @Test
  default void sessionMakesTokensUpToItsEndAndNotAtIt() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    AccessToken late = token(ada, session.expiresAt());
    AccessToken early = token(ada, session.expiresAt().minusMillis(1));

    assertThat(create(late, session, MANY)).isEqualTo(SESSION_ENDED);
    assertThat(create(early, session, MANY)).isEqualTo(CREATED);

    assertThat(stored(late)).isEmpty();
  }

  @Test
  default void sessionOfSomebodyElseMakesNoToken() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session evesOwn = open(eve, NOW);
    open(ada, NOW);
    AccessToken token = token(ada);

    assertThat(create(token, evesOwn, MANY)).isEqualTo(SESSION_ENDED);

    assertThat(stored(token)).isEmpty();
    assertThat(tokens().ofUser(ada.id())).isEmpty();
    assertThat(tokens().ofUser(eve.id())).isEmpty();
  }

  @Test
  default void closedOrDeletedAccountMakesNoToken() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);

    store().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);
    assertThat(create(token(ada), session, MANY)).isEqualTo(SESSION_ENDED);

    store().users().delete(ada.id(), ADMIN);
    assertThat(create(token(ada), session, MANY)).isEqualTo(SESSION_ENDED);
    assertThat(tokens().ofUser(ada.id())).isEmpty();
  }

  @Test
  default void accountHasNoMoreTokensThanAllowed() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session session = open(ada, NOW);
    createToken(eve);
    createToken(eve);
    AccessToken third = token(ada);

    assertThat(create(token(ada), session, 2)).isEqualTo(CREATED);
    assertThat(create(token(ada), session, 2)).isEqualTo(CREATED);
    assertThat(create(third, session, 2)).isEqualTo(TOO_MANY);

    assertThat(stored(third)).isEmpty();
    assertThat(create(third, session, 3)).isEqualTo(CREATED);
  }

  @Test
  default void tokensThatAreRevokedOrPastTheirEndDoNotCount() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    AccessToken revoked = create(token(ada), session);
    create(endingAt(ada, NOW), session);
    create(endingAt(ada, NOW.minusSeconds(1)), session);
    create(endingAt(ada, NOW.plusMillis(1)), session);
    tokens().revoke(revoked.id(), null, NOW);

    assertThat(create(token(ada), session, 1)).isEqualTo(TOO_MANY);
    assertThat(create(token(ada), session, 2)).isEqualTo(CREATED);
    assertThat(create(token(ada), session, 2)).isEqualTo(TOO_MANY);
    assertThat(create(token(ada, NOW.plusMillis(1)), session, 2)).isEqualTo(CREATED);
  }

  @Test
  default void tokensOfAUserAreThoseNotRevokedNewestFirst() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session session = open(ada, NOW);
    AccessToken first = create(token(ada), session);
    AccessToken revoked = create(token(ada), session);
    createToken(eve);
    AccessToken ended = create(endingAt(ada, NOW.minusSeconds(60)), session);
    AccessToken last = create(token(ada), session);
    tokens().revoke(revoked.id(), ada.id(), NOW);

    assertThat(tokens().ofUser(ada.id())).containsExactly(last, ended, first);
    assertThat(tokens().ofUser(viewer("nobody").id())).isEmpty();
  }

  @Test
  default void tokensOutliveTheSessionsAndThePasswordOfTheirOwner() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);

    store().sessions().endAll(ada.id(), null);
    store().sessions().changePassword(ada.id(), OptionalLong.empty(), hash("new"), null);

    assertThat(stored(token)).contains(token);
    assertThat(tokens().ofUser(ada.id())).containsExactly(token);
  }
}

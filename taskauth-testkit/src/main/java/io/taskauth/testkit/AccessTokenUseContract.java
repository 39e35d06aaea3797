package io.taskauth.testkit;

import static io.taskauth.accesstoken.AccessTokenStore.Revocation.NOT_FOUND;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.token;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.session.Session;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When tokens were last used, and how those that have ended leave the store. */
interface AccessTokenUseContract extends TokenSteps {
  private TokenUse at(int seconds, String ip) {
    return new TokenUse(NOW.plusSeconds(seconds), ip);
  }

  private AccessToken createEndingAt(Instant end, User user, Session session) {
    TokenId id = TokenId.random(Samples.IDS);
    return create(
        AccessToken.created(id, user.id(), "t", Scopes.unlimited(), NOW, Expiry.at(end)), session);
  }

  @Test
  default void lastUseOfManyTokensIsNoted() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    AccessToken one = createToken(ada);
    AccessToken two = createToken(eve);
    AccessToken unused = createToken(ada);
    TokenUse nowhere = new TokenUse(NOW.plusSeconds(2), null);

    tokens()
        .used(
            List.of(
                one.used(at(1, "2001:db8::1")),
                two.used(nowhere),
                Samples.token(eve).used(at(3, "192.0.2.9")),
                unused));
    tokens().used(List.of());

    assertThat(stored(one)).contains(one.used(at(1, "2001:db8::1")));
    assertThat(stored(two)).contains(two.used(nowhere));
    assertThat(tokens().ofUser(ada.id())).containsExactly(unused, one.used(at(1, "2001:db8::1")));
  }

  @Test
  default void lastUseMovesForwardOnly() {
    AccessToken token = createToken(create(viewer("ada")));

    tokens().used(List.of(token.used(at(60, "192.0.2.1"))));
    tokens().used(List.of(token.used(at(59, "192.0.2.2"))));
    assertThat(stored(token)).contains(token.used(at(60, "192.0.2.1")));

    tokens().used(List.of(token.used(at(61, "192.0.2.3"))));
    assertThat(stored(token)).contains(token.used(at(61, "192.0.2.3")));
  }

  @Test
  default void ofUsesAtTheSameTimeTheLastOneStays() {
    AccessToken token = createToken(create(viewer("ada")));

    Race.of(
        8,
        i -> {
          tokens().used(List.of(token.used(at(i + 1, "192.0.2." + i))));
          return i;
        });

    assertThat(stored(token)).contains(token.used(at(8, "192.0.2.7")));
  }

  @Test
  default void revokedTokenStaysRevokedWhateverItsLastUse() {
    AccessToken token = createToken(create(viewer("ada")));
    tokens().revoke(token.id(), null, NOW);

    tokens().used(List.of(token.used(at(60, "192.0.2.1"))));

    assertThat(stored(token).orElseThrow().revokedAt()).isEqualTo(NOW);
  }

  @Test
  default void sweepRemovesWhatWasRevokedOrEndedBefore() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    AccessToken never = create(token(ada), session);
    AccessToken revoked = create(token(ada), session);
    AccessToken revokedEarly = createEndingAt(NOW.plusSeconds(9), ada, session);
    AccessToken ended = createEndingAt(NOW.plusSeconds(1), ada, session);
    AccessToken later = createEndingAt(NOW.plusSeconds(5), ada, session);
    tokens().revoke(revoked.id(), null, NOW.plusSeconds(1));
    tokens().revoke(revokedEarly.id(), null, NOW.plusSeconds(1));

    assertThat(tokens().sweep(NOW.plusSeconds(1), 100)).isZero();
    assertThat(tokens().sweep(NOW.plusSeconds(1).plusMillis(1), 100)).isEqualTo(3);

    assertThat(stored(revoked)).isEmpty();
    assertThat(stored(revokedEarly)).isEmpty();
    assertThat(stored(ended)).isEmpty();
    assertThat(tokens().ofUser(ada.id())).containsExactly(later, never);
    assertThat(tokens().revoke(revoked.id(), null, NOW)).isEqualTo(NOT_FOUND);
  }

  @Test
  default void sweepRemovesNoMoreTokensThanItsLimit() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    for (int i = 0; i < 5; i++) {
      createEndingAt(NOW.minusSeconds(i), ada, session);
    }

    Instant later = NOW.plusSeconds(1);

    assertThat(tokens().sweep(later, 3)).isEqualTo(3);
    assertThat(tokens().sweep(later, 3)).isEqualTo(2);
    assertThat(tokens().sweep(later, 3)).isZero();
  }
}

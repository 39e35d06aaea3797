package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.accesstoken.AccessTokenStore.Creation;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.session.Session;
import io.taskauth.user.User;
import java.util.Optional;

/** First steps that tests of access tokens share. */
interface TokenSteps extends StoreContract {
  /** More than any test makes. */
  int MANY = 1000;

  default AccessTokenStore tokens() {
    return store().accessTokens();
  }

  default Creation create(AccessToken token, Session by, int atMost) {
    return tokens().create(token, Samples.hashOf(token), by.id(), atMost);
  }

  /** The token, created. */
  default AccessToken create(AccessToken token, Session by) {
    assertThat(create(token, by, MANY)).isEqualTo(Creation.CREATED);
    return token;
  }

  /** A token of that account, made from a session of its own. */
  default AccessToken createToken(User user) {
    return create(Samples.token(user), open(user, Samples.NOW));
  }

  default Optional<AccessToken> stored(AccessToken token) {
    return tokens().find(token.id()).map(StoredToken::token);
  }

  /** Whether it would be accepted from somebody who uses it now. */
  default boolean isLive(AccessToken token) {
    return stored(token).filter(row -> row.isLive(Samples.NOW)).isPresent();
  }
}

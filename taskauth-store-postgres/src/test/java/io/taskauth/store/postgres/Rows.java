package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.internal.Ids;
import io.taskauth.password.PasswordHash;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceName;
import io.taskauth.service.ServiceSecret;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.store.AuthStore;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Accounts, sessions and tokens to test with. */
final class Rows {
  static final Role ADMIN = new Role("admin");
  static final Role VIEWER = new Role("viewer");
  static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");

  private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());
  private static final PasswordHash HASH = new PasswordHash("$argon2id$x");

  private Rows() {}

  /** An account of that name, created. */
  static User create(AuthStore store, String name, Role role) {
    User user = User.created(IDS.uuidV7(), new Username(name), role, Origin.PASSWORD, NOW);
    assertThat(store.users().create(new NewUser(user, HASH))).isEqualTo(Creation.CREATED);
    return user;
  }

  /** A session of an account whose password was never changed. */
  static Session open(AuthStore store, User user) {
    Session session = session(user.id());
    assertThat(store.sessions().open(session, 0, 100)).isTrue();
    return session;
  }

  /** A session that was not opened yet. */
  static Session session(UUID userId) {
    return new Session(
        SessionId.random(IDS), userId, NOW, NOW, NOW.plus(Duration.ofDays(1)), null, null);
  }

  static boolean isFound(AuthStore store, Session session) {
    return store.sessions().find(session.userId(), session.id()).isPresent();
  }

  static AccessToken makeToken(AuthStore store, Session session) {
    AccessToken token =
        AccessToken.created(
            TokenId.random(IDS), session.userId(), "x", Scopes.unlimited(), NOW, Expiry.never());
    assertThat(store.accessTokens().create(token, "hash", session.id(), 100))
        .isEqualTo(AccessTokenStore.Creation.CREATED);
    return token;
  }

  /** A machine's account, which has not come to an end. */
  static ServiceAccount service(String name) {
    return new ServiceAccount(
        IDS.uuidV7(),
        new ServiceName(name),
        Scopes.of(List.of("jobs:run")),
        NOW,
        "ada",
        Expiry.never(),
        serviceSecret(),
        null,
        null);
  }

  static ServiceSecret serviceSecret() {
    TokenId id = TokenId.random(IDS);
    return new ServiceSecret(id, "hash of " + id, NOW);
  }
}

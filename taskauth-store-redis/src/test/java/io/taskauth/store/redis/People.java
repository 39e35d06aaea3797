package io.taskauth.store.redis;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.password.PasswordHash;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceName;
import io.taskauth.service.ServiceSecret;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Identity;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accounts and what they have, to test with. */
final class People {
  static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());
  static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");
  static final Role ADMIN = new Role("admin");
  static final Role VIEWER = new Role("viewer");
  static final PasswordHash HASH = new PasswordHash("$argon2id$hash");

  private People() {}

  static User viewer(String name) {
    return User.created(IDS.uuidV7(), new Username(name), VIEWER, Origin.PASSWORD, NOW);
  }

  static User admin(String name) {
    return viewer(name).withRole(ADMIN);
  }

  /** Somebody whom the identity's provider vouches for. */
  static User guest(String name, Identity identity) {
    return User.created(IDS.uuidV7(), new Username(name), VIEWER, identity.origin(), NOW);
  }

  static NewUser fresh(User user) {
    return new NewUser(user, HASH);
  }

  static Session session(User user) {
    return new Session(
        SessionId.random(IDS),
        user.id(),
        NOW,
        NOW,
        NOW.plus(Duration.ofHours(24)),
        "192.0.2.7",
        "curl/8");
  }

  static Session open(RedisAuthStore store, User user) {
    return open(store, session(user), user);
  }

  /** A session that an identity provider vouched for. */
  static Session open(RedisAuthStore store, User user, Identity identity, @Nullable String sid) {
    return open(store, through(session(user), identity, sid), user);
  }

  static Session through(Session session, Identity identity, @Nullable String sid) {
    return session.through(new ProviderSession(identity, sid));
  }

  private static Session open(RedisAuthStore store, Session session, User user) {
    if (!store.sessions().open(session, 0, 100)) {
      throw new AssertionError("no session for " + user.username());
    }
    return session;
  }

  static AccessToken token(User user) {
    return AccessToken.created(
        TokenId.random(IDS), user.id(), "backup", Scopes.unlimited(), NOW, Expiry.never());
  }

  static AccessToken token(RedisAuthStore store, User user) {
    AccessToken token = token(user);
    store
        .accessTokens()
        .create(token, Hashes.sha256Hex(token.id().value()), open(store, user).id(), 100);
    return token;
  }

  static OneTimeSecret secret(@Nullable User user, @Nullable Session session) {
    return new OneTimeSecret(
        Hashes.sha256Hex(IDS.secret256()),
        "ws-ticket",
        user == null ? null : user.id(),
        session == null ? null : session.id().value(),
        "{}",
        NOW.plusSeconds(30));
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

package io.taskauth.testkit;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.password.PasswordHash;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts, sessions, tokens, secrets and events to test with. */
final class Samples {
  static final Role ADMIN = new Role("admin");
  static final Role VIEWER = new Role("viewer");
  static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");
  static final PasswordHash HASH = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
  static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

  /** Letters that are easily lost: two scripts, an emoji, quotes, and what SQL and LIKE mean. */
  static final String AWKWARD = "Ünï'\"\\%_;-- DROP TABLE users 日本 👩‍🚀 \u202eabc";

  private Samples() {}

  static User viewer(String name) {
    return User.created(IDS.uuidV7(), new Username(name), VIEWER, Origin.PASSWORD, NOW);
  }

  static User admin(String name) {
    return viewer(name).withRole(ADMIN);
  }

  static User viewer(String name, String email) {
    return viewer(name).withEmail(new EmailAddress(email));
  }

  static NewUser fresh(User user) {
    return new NewUser(user, HASH);
  }

  static PasswordHash hash(String text) {
    return new PasswordHash("$argon2id$" + text);
  }

  static Session session(User user, Instant createdAt) {
    return new Session(
        SessionId.random(IDS),
        user.id(),
        createdAt,
        createdAt,
        createdAt.plus(Duration.ofHours(24)),
        "192.0.2.7",
        "curl/8");
  }

  /** A token that never ends. */
  static AccessToken token(User user, Instant createdAt) {
    return AccessToken.created(
        TokenId.random(IDS), user.id(), "backup", Scopes.unlimited(), createdAt, Expiry.never());
  }

  static AccessToken token(User user) {
    return token(user, NOW);
  }

  /** The hash that goes with it. */
  static String hashOf(AccessToken token) {
    return Hashes.sha256Hex(token.id().value());
  }

  static AuditEvent event(
      AuditType type,
      @Nullable UUID userId,
      @Nullable String username,
      @Nullable String target,
      Instant at,
      Map<String, String> details) {
    return new AuditEvent(
        IDS.uuidV7(),
        at,
        type,
        type.outcome(),
        userId,
        username,
        "192.0.2.7",
        "curl/8",
        target,
        details);
  }

  static AuditEvent event(String username, Instant at) {
    return event(AuditType.LOGIN_FAILURE, null, username, null, at, Map.of());
  }

  static AuditEvent event(String username) {
    return event(username, NOW);
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
}

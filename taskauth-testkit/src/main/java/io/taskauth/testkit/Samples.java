package io.taskauth.testkit;

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
import org.jspecify.annotations.Nullable;

/** Accounts, sessions and secrets to test with. */
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

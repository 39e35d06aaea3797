package io.taskauth.store.duckdb;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.password.PasswordHash;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceName;
import io.taskauth.service.ServiceSecret;
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
import java.util.List;

/** Accounts, sessions and secrets to test with. */
final class People {
  static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");
  static final Role ADMIN = new Role("admin");
  static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

  private People() {}

  static User user(String name) {
    return User.created(IDS.uuidV7(), new Username(name), ADMIN, Origin.PASSWORD, NOW)
        .withEmail(new EmailAddress(name + "@example.org"));
  }

  static NewUser fresh(User user) {
    return new NewUser(user, hash(0));
  }

  /** A hash that says at which epoch it was set. */
  static PasswordHash hash(long epoch) {
    return new PasswordHash("hash of epoch " + epoch);
  }

  static Session session(User user, String userAgent) {
    Instant end = NOW.plus(Duration.ofDays(1));
    return new Session(SessionId.random(IDS), user.id(), NOW, NOW, end, "192.0.2.7", userAgent);
  }

  /** With the columns that a session had in the first three versions. */
  static void insertSession(DuckDbDatabase database, Session session) {
    int unused =
        database.write(
            step ->
                step.handle()
                    .createUpdate(
                        """
                        INSERT INTO taskauth_session
                          (id, user_id, created_at, last_seen_at, expires_at, ip, user_agent)
                        VALUES (:id, :user, :createdAt, :lastSeenAt, :expiresAt, :ip, :userAgent)
                        """)
                    .bind("id", session.id().value())
                    .bind("user", session.userId())
                    .bind("createdAt", session.createdAt().toEpochMilli())
                    .bind("lastSeenAt", session.lastSeenAt().toEpochMilli())
                    .bind("expiresAt", session.expiresAt().toEpochMilli())
                    .bind("ip", session.ip())
                    .bind("userAgent", session.userAgent())
                    .execute());
  }

  static OneTimeSecret secret(String text) {
    return new OneTimeSecret(
        Hashes.sha256Hex(text), "test", null, null, "for " + text, NOW.plusSeconds(60));
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

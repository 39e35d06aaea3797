package io.taskauth.benchmarks;

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
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** What is in a {@link FilledStore}, as {@code rows.sql} made it, and what is new. */
final class Rows {
  static final Role ADMIN = new Role("admin");
  static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");

  private static final Ids IDS = new Ids(InstantSource.system(), new SecureRandom());

  private Rows() {}

  static LoginKey login(int number) {
    return LoginKey.of("user" + number);
  }

  static User user(FilledStore store, int number) {
    return store.store().users().findByLogin(login(number)).orElseThrow().user();
  }

  static SessionId session(int number) {
    return new SessionId(Hashes.sha256Hex("session" + number).substring(0, 32));
  }

  /** A session that is there, as last used then. */
  static Session used(FilledStore store, int number, Instant when) {
    Session fresh = newSession(user(store, number));
    return new Session(
        session(number),
        fresh.userId(),
        NOW,
        when,
        fresh.expiresAt(),
        fresh.ip(),
        fresh.userAgent());
  }

  static TokenId token(int number) {
    return new TokenId(Hashes.sha256Hex("token" + number).substring(0, 32));
  }

  static NewUser newUser() {
    String name = IDS.hex128().substring(0, 20);
    User user =
        User.created(IDS.uuidV7(), new Username(name), new Role("viewer"), Origin.PASSWORD, NOW)
            .withEmail(new EmailAddress(name + "@example.org"));
    return new NewUser(user, new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$" + IDS.secret256()));
  }

  static Session newSession(User user) {
    return new Session(
        SessionId.random(IDS),
        user.id(),
        NOW,
        NOW,
        NOW.plusSeconds(86_400),
        "192.0.2.7",
        "Mozilla/5.0");
  }

  static AccessToken newToken(User owner) {
    return AccessToken.created(
        TokenId.random(IDS), owner.id(), "backup", Scopes.unlimited(), NOW, Expiry.never());
  }

  static AuditEvent newEvent() {
    return new AuditEvent(
        IDS.uuidV7(),
        NOW,
        AuditType.LOGIN_SUCCESS,
        AuditEvent.Outcome.SUCCESS,
        IDS.uuidV7(),
        "ada",
        "192.0.2.7",
        "Mozilla/5.0",
        null,
        Map.of("session", IDS.hex128()));
  }
}

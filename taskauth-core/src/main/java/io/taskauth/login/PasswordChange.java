package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginThrottle.Admission;
import io.taskauth.login.LoginThrottle.Attempt;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes one's own password; every other session of the user ends with the old one. Threads may
 * share it.
 */
public final class PasswordChange {
  /** What came of it. */
  public sealed interface Outcome {
    /**
     * @param sessionsRevoked how many other sessions ended
     */
    record Changed(int sessionsRevoked) implements Outcome {}

    /** The old password is wrong, or somebody else changed it just now. */
    record WrongPassword() implements Outcome {}

    /**
     * @param objection what is wrong with the new one, as a sentence for the user
     */
    record Unacceptable(String objection) implements Outcome {}

    /** The password is kept elsewhere: a backend's or an identity provider's account. */
    record KeptElsewhere() implements Outcome {}

    record Throttled(Duration retryAfter) implements Outcome {}

    /** Nobody signs in with a password here. */
    record PasswordsRefused() implements Outcome {}
  }

  private final UserStore users;
  private final SessionStore sessions;
  private final PasswordHasher hasher;
  private final NewPasswords newPasswords;
  private final LoginThrottle throttle;
  private final AuditTrail audit;
  private final boolean passwords;

  PasswordChange(
      boolean passwords,
      UserStore users,
      SessionStore sessions,
      PasswordHasher hasher,
      NewPasswords newPasswords,
      LoginThrottle throttle,
      AuditTrail audit) {
    this.passwords = passwords;
    this.users = users;
    this.sessions = sessions;
    this.hasher = hasher;
    this.newPasswords = newPasswords;
    this.throttle = throttle;
    this.audit = audit;
  }

  /**
   * @param keep the session of whoever asks
   * @throws io.taskauth.store.AuthStoreException where the store is out
   * @throws io.taskauth.password.OverloadedException where too many passwords wait to be hashed
   */
  public Outcome change(User user, SessionId keep, Password old, Password next, ClientInfo client) {
    if (!passwords) {
      audit.of(AuditType.PASSWORD_CHANGE_REFUSED, user, client, PasswordLogin.REFUSED);
      return new Outcome.PasswordsRefused();
    }
    // The old password counts as a guess: a stolen session must not become a way around the
    // throttle.
    Admission admission = throttle.admit(user.username().key(), client);
    if (admission instanceof Admission.Refused refused) {
      audit.of(AuditType.LOGIN_THROTTLED, user, client, Map.of("at", "change_password"));
      return new Outcome.Throttled(refused.retryAfter());
    }
    Attempt attempt = ((Admission.Admitted) admission).attempt();
    try {
      return decide(user, keep, old, next, client, attempt);
    } catch (RuntimeException e) {
      attempt.undecided();
      throw e;
    }
  }

  private Outcome decide(
      User user, SessionId keep, Password old, Password next, ClientInfo client, Attempt attempt) {
    Optional<StoredUser> row = users.findByLogin(user.username().key());
    PasswordHash seen = row.map(StoredUser::passwordHash).orElse(null);
    if (row.isEmpty() || seen == null) {
      attempt.undecided();
      return new Outcome.KeptElsewhere();
    }
    if (!hasher.verify(old, seen)) {
      audit.of(AuditType.PASSWORD_CHANGE_REFUSED, user, client, Map.of());
      return new Outcome.WrongPassword();
    }
    attempt.succeeded();
    Optional<String> objection =
        old.equals(next)
            ? Optional.of("The new password is the old one. Choose another one.")
            : newPasswords.objection(next, user);
    if (objection.isPresent()) {
      return new Outcome.Unacceptable(objection.get());
    }
    return sessions
        .changePassword(
            user.id(), OptionalLong.of(row.get().credentialEpoch()), hasher.hash(next), keep)
        .map(
            ended -> {
              audit.of(
                  AuditType.PASSWORD_CHANGED,
                  user,
                  client,
                  Map.of("sessions_revoked", String.valueOf(ended)));
              return (Outcome) new Outcome.Changed(ended);
            })
        .orElseGet(Outcome.WrongPassword::new);
  }
}

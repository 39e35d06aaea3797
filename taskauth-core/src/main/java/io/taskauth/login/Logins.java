package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginSource.Answer;
import io.taskauth.login.LoginThrottle.Admission;
import io.taskauth.login.LoginThrottle.Attempt;
import io.taskauth.password.Password;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.LoginKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a name and a password to a session. Threads may share it. */
public final class Logins {
  private static final Logger log = LoggerFactory.getLogger(Logins.class);

  private final List<LoginSource> sources;
  private final LoginThrottle throttle;
  private final SessionDirectory sessions;
  private final AuditTrail audit;
  private final boolean passwords;

  Logins(
      boolean passwords,
      List<LoginSource> sources,
      LoginThrottle throttle,
      SessionDirectory sessions,
      AuditTrail audit) {
    this.passwords = passwords;
    this.sources = List.copyOf(sources);
    this.throttle = throttle;
    this.sessions = sessions;
    this.audit = audit;
  }

  /**
   * Checks the password and opens a session with a new id.
   *
   * @param typedName a user name or an e-mail address, in any case
   * @throws io.taskauth.store.AuthStoreException where the store is out
   * @throws BackendUnavailableException where a backend is out
   * @throws io.taskauth.password.OverloadedException where too many sign in at once
   */
  public LoginOutcome signIn(String typedName, Password password, ClientInfo client) {
    if (!passwords) {
      // A type of its own: nothing throttles it, so that the record has to be kept from it.
      audit.of(AuditType.PASSWORD_LOGIN_REFUSED, (String) null, client, PasswordLogin.REFUSED);
      return new LoginOutcome.PasswordsRefused();
    }
    Admission admission = throttle.admit(LoginKey.of(typedName), client);
    if (admission instanceof Admission.Refused refused) {
      audit.of(AuditType.LOGIN_THROTTLED, typedName, client, Map.of());
      return new LoginOutcome.Throttled(refused.retryAfter());
    }
    Attempt attempt = ((Admission.Admitted) admission).attempt();
    Optional<Opened> opened = decided(attempt, typedName, password, client);
    if (opened.isEmpty()) {
      audit.of(AuditType.LOGIN_FAILURE, typedName, client, Map.of());
      return new LoginOutcome.BadCredentials();
    }
    forgive(attempt);
    audit.of(AuditType.LOGIN_SUCCESS, opened.get().user(), client, Map.of("method", "password"));
    return new LoginOutcome.SignedIn(opened.get());
  }

  /** The session is open: that slips are still on record must not undo it. */
  private static void forgive(Attempt attempt) {
    try {
      attempt.succeeded();
    } catch (RuntimeException e) {
      log.warn("earlier failed sign-ins could not be forgotten", e);
    }
  }

  private Optional<Opened> decided(
      Attempt attempt, String typedName, Password password, ClientInfo client) {
    try {
      return ask(typedName.strip(), password) instanceof Answer.Yes yes
          ? sessions.open(yes.user(), yes.credentialEpoch(), client)
          : Optional.empty();
    } catch (RuntimeException e) {
      attempt.undecided();
      throw e;
    }
  }

  private Answer ask(String typedName, Password password) {
    if (!password.isHashable()) {
      return new Answer.No();
    }
    for (LoginSource source : sources) {
      Answer answer = source.check(typedName, password);
      if (!(answer instanceof Answer.NotMine)) {
        return answer;
      }
    }
    return new Answer.No();
  }
}

package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Ids;
import io.taskauth.login.LoginThrottle.Admission;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHasher;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.Username;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first administrator: of any number who try at once exactly one is made. Threads may
 * share it.
 */
public final class Setup {
  /** What came of it. */
  public sealed interface Outcome {
    /** Made, and signed in. */
    record Done(Opened session) implements Outcome {}

    /** There is somebody already. */
    record AlreadyDone() implements Outcome {}

    record WrongCode() implements Outcome {}

    /** The user name breaks {@link Username#RULE}. */
    record BadUsername() implements Outcome {}

    /**
     * @param objection what is wrong with the password, as a sentence for the user
     */
    record BadPassword(String objection) implements Outcome {}

    record Throttled(Duration retryAfter) implements Outcome {}

    /** Nobody signs in with a password here; the first comes through an identity provider. */
    record PasswordsRefused() implements Outcome {}
  }

  private static final Logger log = LoggerFactory.getLogger(Setup.class);

  private final UserStore users;
  private final SessionDirectory sessions;
  private final PasswordHasher hasher;
  private final NewPasswords newPasswords;
  private final LoginThrottle throttle;
  private final SetupCode code;
  private final Role administrator;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final boolean passwords;
  private volatile boolean done;

  Setup(
      boolean passwords,
      UserStore users,
      SessionDirectory sessions,
      PasswordHasher hasher,
      NewPasswords newPasswords,
      LoginThrottle throttle,
      SetupCode code,
      Role administrator,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.passwords = passwords;
    this.users = users;
    this.sessions = sessions;
    this.hasher = hasher;
    this.newPasswords = newPasswords;
    this.throttle = throttle;
    this.code = code;
    this.administrator = administrator;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /** Whether there is nobody yet. Asks the store until there is somebody, then never again. */
  public boolean isRequired() {
    if (!done) {
      done = users.anyUser();
    }
    return !done;
  }

  /** Whether the code from the server's console has to be given. */
  public boolean needsCode() {
    return code.isRequired();
  }

  /**
   * @throws io.taskauth.store.AuthStoreException where the store is out
   * @throws io.taskauth.password.OverloadedException where too many passwords wait to be hashed
   */
  public Outcome setUp(
      String username, Password password, @Nullable String presentedCode, ClientInfo client) {
    if (!passwords) {
      audit.of(AuditType.SETUP_REFUSED, (String) null, client, PasswordLogin.REFUSED);
      return new Outcome.PasswordsRefused();
    }
    if (!isRequired()) {
      return new Outcome.AlreadyDone();
    }
    Admission admission = throttle.admitToGuess("setup", client);
    if (admission instanceof Admission.Refused refused) {
      audit.of(AuditType.LOGIN_THROTTLED, username, client, Map.of("at", "setup"));
      return new Outcome.Throttled(refused.retryAfter());
    }
    if (!code.matches(presentedCode)) {
      audit.of(AuditType.SETUP_REFUSED, username, client, Map.of("reason", "code"));
      return new Outcome.WrongCode();
    }
    ((Admission.Admitted) admission).attempt().undecided();
    Optional<Username> name = Username.parse(username);
    if (name.isEmpty()) {
      return new Outcome.BadUsername();
    }
    User first = administrator(name.get());
    Optional<String> objection = newPasswords.objection(password, first);
    if (objection.isPresent()) {
      return new Outcome.BadPassword(objection.get());
    }
    if (!users.createFirst(new NewUser(first, hasher.hash(password)))) {
      return new Outcome.AlreadyDone();
    }
    audit.of(AuditType.SETUP, first, client, Map.of());
    return sessions
        .open(first, 0, client)
        .<Outcome>map(Outcome.Done::new)
        .orElseGet(Outcome.AlreadyDone::new);
  }

  /**
   * Makes an administrator of that name if there is no such user, whoever else there is: for an
   * operator who configures one.
   *
   * @return whether one was made
   * @throws IllegalArgumentException where the name or the password is not acceptable, with a
   *     sentence that says why
   */
  public boolean ensureAdministrator(String username, Password password) {
    Username name =
        Username.parse(username)
            .orElseThrow(
                () -> new IllegalArgumentException("The user name must be " + Username.RULE + "."));
    Optional<StoredUser> known = users.findByLogin(name.key());
    if (known.isPresent()) {
      User user = known.get().user();
      if (!user.active() || !user.role().equals(administrator)) {
        log.warn("'{}' exists and is no active administrator; nothing was changed", name);
      }
      return false;
    }
    User admin = administrator(name);
    newPasswords
        .objection(password, admin)
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(objection);
            });
    boolean made = users.create(new NewUser(admin, hasher.hash(password))) == Creation.CREATED;
    if (made) {
      audit.of(AuditType.USER_CREATED, admin, ClientInfo.LOCAL, Map.of("by", "configuration"));
    }
    return made;
  }

  private User administrator(Username name) {
    return User.created(
        ids.uuidV7(),
        name,
        administrator,
        Origin.PASSWORD,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}

package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.login.LoginThrottle.Admission;
import io.taskauth.password.Password;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionStore;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.Origin;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Lets somebody choose a password with a link that an administrator had made (OWASP Forgot Password
 * Cheat Sheet): good once, for an hour, stored as a hash, and no way to be signed in. Threads may
 * share it.
 */
public final class PasswordReset {
  /** How long a link is good. */
  public static final Duration LIFE = Duration.ofHours(1);

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String PURPOSE = "password-reset";
  private static final int LINKS_PER_WINDOW = 10;

  /** What came of asking for a link. */
  public sealed interface Start {
    record Started(ResetToken token, Instant expiresAt) implements Start {}

    /** The password is kept elsewhere: a backend's or an identity provider's account. */
    record KeptElsewhere() implements Start {}

    /** The account is closed, and a password would not open it. */
    record Deactivated() implements Start {}

    /** The account is gone. */
    record NoAccount() implements Start {}

    /**
     * Nobody makes a link for themselves: it would be a way to change one's password without the
     * old one, for whoever has got hold of a session or a token.
     */
    record OwnAccount() implements Start {}

    /** Nobody signs in with a password here. */
    record PasswordsRefused() implements Start {}

    /** So many links were asked for that somebody may be pestered. */
    record Throttled(Duration retryAfter) implements Start {}
  }

  /** What came of choosing the password. */
  public sealed interface Outcome {
    /**
     * @param sessionsRevoked how many sessions of the account ended
     */
    record Done(int sessionsRevoked) implements Outcome {}

    /** Unknown, used, past its end, or made before the password last changed. */
    record BadToken() implements Outcome {}

    /**
     * Nothing happened, and the link is still good.
     *
     * @param objection what is wrong with the password, as a sentence for the user
     */
    record Unacceptable(String objection) implements Outcome {}

    record Throttled(Duration retryAfter) implements Outcome {}

    /** Nobody signs in with a password here; the link is still good where somebody does again. */
    record PasswordsRefused() implements Outcome {}
  }

  private final UserStore users;
  private final SessionStore sessions;
  private final OneTimeSecretStore secrets;
  private final NewPasswords newPasswords;
  private final LoginThrottle throttle;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final boolean passwords;

  PasswordReset(
      boolean passwords,
      UserStore users,
      SessionStore sessions,
      OneTimeSecretStore secrets,
      NewPasswords newPasswords,
      LoginThrottle throttle,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.passwords = passwords;
    this.users = users;
    this.sessions = sessions;
    this.secrets = secrets;
    this.newPasswords = newPasswords;
    this.throttle = throttle;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Makes a link's secret.
   *
   * @param by the administrator who asks for it
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Start start(User by, User account, ClientInfo client) {
    if (account.id().equals(by.id())) {
      return new Start.OwnAccount();
    }
    Start start = start(account);
    if (start instanceof Start.Started) {
      audit.of(AuditType.PASSWORD_RESET_REQUESTED, by, account, client, Map.of());
    }
    return start;
  }

  /**
   * Makes a link's secret for whoever can read the process's console; as {@link #start}.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Start startAtConsole(User account) {
    Start start = start(account);
    if (start instanceof Start.Started) {
      audit.of(
          AuditType.PASSWORD_RESET_REQUESTED, account, ClientInfo.LOCAL, Map.of("by", "console"));
    }
    return start;
  }

  private Start start(User account) {
    if (!passwords) {
      return new Start.PasswordsRefused();
    }
    if (!account.origin().equals(Origin.PASSWORD)) {
      return new Start.KeptElsewhere();
    }
    Optional<Duration> wait = throttle.countOne(PURPOSE, account.id(), LINKS_PER_WINDOW);
    if (wait.isPresent()) {
      return new Start.Throttled(wait.get());
    }
    Optional<StoredUser> row = row(account);
    if (row.isEmpty()) {
      return new Start.NoAccount();
    }
    if (!row.get().user().active()) {
      return new Start.Deactivated();
    }
    ResetToken token = new ResetToken(ids.secret256());
    Instant end = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.MILLIS);
    String epoch = String.valueOf(row.get().credentialEpoch());
    // A link that was made before may have gone to a wrong address.
    secrets.replace(
        new OneTimeSecret(
            Hashes.sha256Hex(token.reveal()), PURPOSE, account.id(), null, epoch, end));
    return new Start.Started(token, end);
  }

  private Optional<StoredUser> row(User account) {
    return users
        .findByLogin(account.username().key())
        .filter(row -> row.user().id().equals(account.id()));
  }

  /** Whose link it is, as long as it is good; looking at it does not use it up. */
  public Optional<User> accountOf(String presented) {
    return find(presented).flatMap(this::account);
  }

  private Optional<OneTimeSecret> find(String presented) {
    if (!TOKEN.matcher(presented).matches()) {
      return Optional.empty();
    }
    return secrets.find(Hashes.sha256Hex(presented), PURPOSE, clock.instant());
  }

  private Optional<User> account(OneTimeSecret secret) {
    return Optional.ofNullable(secret.userId()).flatMap(users::find).filter(User::active);
  }

  /**
   * Sets the password that was chosen; every session of the account ends, and every other link.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out
   * @throws io.taskauth.password.OverloadedException where too many passwords wait to be hashed
   */
  public Outcome complete(String presented, Password next, ClientInfo client) {
    if (!passwords) {
      audit.of(AuditType.PASSWORD_RESET_REFUSED, (String) null, client, PasswordLogin.REFUSED);
      return new Outcome.PasswordsRefused();
    }
    Optional<OneTimeSecret> secret = find(presented);
    Optional<User> account = secret.flatMap(this::account);
    // Only what is wrong is counted: strangers at one's address must not make a good link useless.
    return account.isPresent() ? decide(secret.get(), account.get(), next, client) : refuse(client);
  }

  private Outcome refuse(ClientInfo client) {
    Admission admission = throttle.admitToGuess(PURPOSE, client);
    if (admission instanceof Admission.Refused refused) {
      audit.of(AuditType.LOGIN_THROTTLED, (String) null, client, Map.of("at", "password_reset"));
      return new Outcome.Throttled(refused.retryAfter());
    }
    audit.of(AuditType.PASSWORD_RESET_REFUSED, (String) null, client, Map.of());
    return new Outcome.BadToken();
  }

  private Outcome decide(OneTimeSecret secret, User account, Password next, ClientInfo client) {
    Optional<String> objection = newPasswords.objection(next, account);
    if (objection.isPresent()) {
      return new Outcome.Unacceptable(objection.get());
    }
    // The epoch that the link was made at is what makes it good once: the change raises it and ends
    // the secret in one step, so of two at once one finds another epoch. Taking the secret first
    // would burn the link where the change then fails.
    OptionalLong epoch = OptionalLong.of(Long.parseLong(secret.payload()));
    Optional<Integer> ended =
        sessions.changePassword(account.id(), epoch, newPasswords.hash(next), null);
    if (ended.isEmpty()) {
      audit.of(AuditType.PASSWORD_RESET_REFUSED, account, client, Map.of());
      return new Outcome.BadToken();
    }
    audit.of(
        AuditType.PASSWORD_RESET,
        account,
        client,
        Map.of("sessions_revoked", String.valueOf(ended.get())));
    return new Outcome.Done(ended.get());
  }
}

package io.taskauth.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.login.LoginThrottle.Admission;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.Session;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.session.SessionId;
import io.taskauth.session.StoredSessions;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Signing in a command line with a browser that is signed in: the OAuth 2.0 authorization code flow
 * for native apps, with PKCE (RFC 8252, RFC 7636). The person says yes in the browser, whichever
 * way they signed in there; the browser carries a code to the program, and the program gets a
 * session of its own for it. A code is good once, for a minute, for the program that asked for it,
 * and as long as the browser's session and the password stand; only its hash is kept. Threads may
 * share it.
 */
public final class AuthorizationCodes {
  /** How long a code is good: a browser takes a moment to bring it. */
  public static final Duration LIFE = Duration.ofMinutes(1);

  private static final String PURPOSE = "authorization-code";
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
  private static final Map<String, String> METHOD = Map.of("method", "authorization_code");

  /** What came of a code. */
  public sealed interface Outcome {
    record SignedIn(Opened session) implements Outcome {}

    /** Unknown, used, past its end, another program's, or its maker's session has ended. */
    record BadCode() implements Outcome {}

    /** Too many wrong ones came from this address. */
    record Throttled(Duration retryAfter) implements Outcome {}
  }

  private final UserStore users;
  private final StoredSessions sessions;
  private final OneTimeSecretStore secrets;
  private final LoginThrottle throttle;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  AuthorizationCodes(
      UserStore users,
      StoredSessions sessions,
      OneTimeSecretStore secrets,
      LoginThrottle throttle,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.users = users;
    this.sessions = sessions;
    this.secrets = secrets;
    this.throttle = throttle;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Makes a code for whoever has just said yes; one that they had before is no longer good.
   *
   * @param session the browser's
   * @return empty where the account is gone or closed
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Optional<AuthorizationCode> issue(User user, Session session, LoopbackRequest request) {
    return users
        .findByLogin(user.username().key())
        .filter(row -> row.user().id().equals(user.id()) && row.user().active())
        .map(row -> issue(row, session, request));
  }

  private AuthorizationCode issue(StoredUser row, Session session, LoopbackRequest request) {
    AuthorizationCode code = new AuthorizationCode(ids.secret256());
    Asked asked = new Asked(request.codeChallenge(), row.credentialEpoch(), request.redirectUri());
    secrets.replace(
        new OneTimeSecret(
            Hashes.sha256Hex(code.reveal()),
            PURPOSE,
            row.user().id(),
            session.id().value(),
            asked.text(),
            clock.instant().plus(LIFE)));
    return code;
  }

  /** What a code was asked for with, as it is kept beside it. */
  private record Asked(String codeChallenge, long credentialEpoch, String redirectUri) {
    String text() {
      return codeChallenge + "\n" + credentialEpoch + "\n" + redirectUri;
    }

    static Asked parse(String text) {
      String[] parts = text.split("\n", 3);
      return new Asked(parts[0], Long.parseLong(parts[1]), parts[2]);
    }

    boolean isBy(String verifier, String redirect) {
      byte[] digest = Hashes.sha256(verifier.getBytes(US_ASCII));
      String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      return Hashes.constantTimeEquals(challenge, codeChallenge) && redirect.equals(redirectUri);
    }
  }

  /**
   * Opens a session for the program that comes with a code.
   *
   * @param verifier the secret whose hash the code was asked for with
   * @param redirectUri where the code was sent to (RFC 6749, section 4.1.3)
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Outcome redeem(String code, String verifier, String redirectUri, ClientInfo client) {
    Optional<Opened> opened =
        CODE.matcher(code).matches() && VERIFIER.matcher(verifier).matches()
            ? taken(Hashes.sha256Hex(code), verifier, redirectUri).flatMap(s -> open(s, client))
            : Optional.empty();
    if (opened.isEmpty()) {
      return refuse(client);
    }
    audit.of(AuditType.LOGIN_SUCCESS, opened.get().user(), client, METHOD);
    return new Outcome.SignedIn(opened.get());
  }

  /** Looked at first: who has seen a code in an address line must not use it up. */
  private Optional<OneTimeSecret> taken(String hash, String verifier, String redirectUri) {
    return secrets
        .find(hash, PURPOSE, clock.instant())
        .filter(secret -> Asked.parse(secret.payload()).isBy(verifier, redirectUri))
        .flatMap(secret -> secrets.take(hash, PURPOSE, clock.instant()));
  }

  /**
   * The epoch is the one at which the person said yes: a password that changed since ends this
   * sign-in as it ends every other that is under way.
   */
  private Optional<Opened> open(OneTimeSecret secret, ClientInfo client) {
    UUID user = secret.userId();
    String session = secret.sessionId();
    return user == null || session == null
        ? Optional.empty()
        : SessionId.parse(session)
            .flatMap(id -> sessions.find(user, id))
            .flatMap(
                browser ->
                    sessions.openBeside(
                        browser, Asked.parse(secret.payload()).credentialEpoch(), client));
  }

  private Outcome refuse(ClientInfo client) {
    Admission admission = throttle.admitToGuess(PURPOSE, client);
    if (admission instanceof Admission.Refused refused) {
      audit.of(
          AuditType.LOGIN_THROTTLED, (String) null, client, Map.of("at", "authorization_code"));
      return new Outcome.Throttled(refused.retryAfter());
    }
    audit.of(AuditType.LOGIN_FAILURE, (String) null, client, METHOD);
    return new Outcome.BadCode();
  }
}

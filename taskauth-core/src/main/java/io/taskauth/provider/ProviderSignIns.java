package io.taskauth.provider;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginThrottle;
import io.taskauth.provider.Departures.Departed;
import io.taskauth.provider.Departures.Replaced;
import io.taskauth.provider.ProviderAccounts.Found;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.Identity;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in with an identity provider: the browser departs with a state that is bound to it, and
 * arrives with what the provider gave it (OAuth 2.0 authorization code flow with PKCE). Later
 * requests need no provider. Threads may share it.
 */
public final class ProviderSignIns {
  /** How a browser is sent away. */
  public sealed interface Departure {
    record To(URI address) implements Departure {}

    /** Too many sign-ins began at this address lately. */
    record Throttled(Duration retryAfter) implements Departure {}

    /** The provider cannot be reached at the moment. */
    record Unavailable() implements Departure {}

    /** The provider is broken. */
    record Failed() implements Departure {}
  }

  /** What came of a browser that is back. {@code next} is where it wanted to go, or empty. */
  public sealed interface Arrival {
    record SignedIn(Opened session, String next) implements Arrival {}

    /** Unknown, used, past its end, another slot's or another browser's. */
    record StateInvalid() implements Arrival {}

    /** The person said no, or is none of those who may come in. */
    record Denied(String next) implements Arrival {}

    /** What the provider sent is not to be believed. */
    record Failed(String next) implements Arrival {}

    /** The provider cannot be reached at the moment. */
    record Unavailable(String next) implements Arrival {}
  }

  private static final String START = "oauth-start";
  private static final Logger log = LoggerFactory.getLogger(ProviderSignIns.class);

  private final Departures departures;
  private final ProviderAccounts accounts;
  private final SessionDirectory sessions;
  private final LoginThrottle throttle;
  private final AuditTrail audit;

  ProviderSignIns(
      Departures departures,
      ProviderAccounts accounts,
      SessionDirectory sessions,
      LoginThrottle throttle,
      AuditTrail audit) {
    this.departures = departures;
    this.accounts = accounts;
    this.sessions = sessions;
    this.throttle = throttle;
    this.audit = audit;
  }

  /** How long a browser may take at the provider's. */
  public static Duration life() {
    return Departures.LIFE;
  }

  /** Whether it could be the secret that a browser is known by: 256 bits in base64url. */
  public static boolean isBrowserSecret(String text) {
    return Departures.isBrowser(text);
  }

  /**
   * Sends a browser to a provider.
   *
   * @param redirectUri where the provider sends it back to
   * @param browser a secret that only this browser has
   * @param next where it wants to go, or empty; a path that was found safe
   * @param current the session that it has now, which ends when the new one begins; null for none
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Departure depart(
      IdentityProvider provider,
      URI redirectUri,
      String browser,
      String next,
      @Nullable Session current,
      ClientInfo client) {
    // Each costs a row for five minutes, and nobody has shown anything yet.
    Optional<Duration> wait = throttle.countFrom(START, client);
    if (wait.isPresent()) {
      audit.of(AuditType.LOGIN_THROTTLED, (String) null, client, Map.of("at", "oauth_start"));
      return new Departure.Throttled(wait.get());
    }
    Replaced replaces = current == null ? null : new Replaced(current.userId(), current.id());
    AuthorizationRequest request =
        departures.begin(provider.slot(), redirectUri, browser, next, replaces);
    try {
      return new Departure.To(provider.authorizationUri(request));
    } catch (ProviderUnavailableException e) {
      out(provider, e, client);
      return new Departure.Unavailable();
    } catch (RuntimeException e) {
      failed(provider, e, client);
      return new Departure.Failed();
    }
  }

  private void out(IdentityProvider provider, ProviderUnavailableException e, ClientInfo client) {
    log.warn("the identity provider '{}' is out: {}", provider.slot(), e.getMessage());
    record(AuditType.OAUTH_FAILED, provider.slot(), "unavailable", null, client);
  }

  /** What a provider sends may end up in the message: only the kind of exception is told. */
  private void failed(IdentityProvider provider, RuntimeException e, ClientInfo client) {
    log.error("the identity provider '{}' failed with {}", provider.slot(), e.getClass().getName());
    record(AuditType.OAUTH_FAILED, provider.slot(), "exception", null, client);
  }

  /**
   * Takes a browser back.
   *
   * @param parameters of the query, each of which came once
   * @param browser the secret that it brought, or null
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Arrival arrive(
      IdentityProvider provider,
      Map<String, String> parameters,
      @Nullable String browser,
      ClientInfo client) {
    String slot = provider.slot();
    Optional<Departed> departed = departures.end(slot, parameters.get("state"), browser);
    if (departed.isEmpty()) {
      record(AuditType.OAUTH_STATE_INVALID, slot, null, null, client);
      return new Arrival.StateInvalid();
    }
    String next = departed.get().next();
    ProviderAnswer answer;
    try {
      answer = provider.complete(new AuthorizationResponse(departed.get().request(), parameters));
      accounts.requireKnownRole(answer);
    } catch (ProviderUnavailableException e) {
      out(provider, e, client);
      return new Arrival.Unavailable(next);
    } catch (RuntimeException e) {
      failed(provider, e, client);
      return new Arrival.Failed(next);
    }
    if (answer instanceof Vouched vouched && Identity.isSubject(vouched.subject())) {
      return enter(new Identity(slot, vouched.subject()), vouched, departed.get(), client);
    }
    if (answer instanceof ProviderAnswer.Denied denied) {
      record(AuditType.OAUTH_DENIED, slot, denied.reason(), denied.subject(), client);
      return new Arrival.Denied(next);
    }
    String reason = answer instanceof ProviderAnswer.Failed failed ? failed.reason() : "subject";
    record(AuditType.OAUTH_FAILED, slot, reason, null, client);
    return new Arrival.Failed(next);
  }

  private Arrival enter(Identity identity, Vouched vouched, Departed departed, ClientInfo client) {
    Found found = accounts.of(identity, vouched, client);
    if (!(found instanceof Found.Account account)) {
      return denied(identity, ((Found.None) found).reason(), departed, client);
    }
    ProviderSession through = new ProviderSession(identity, sid(vouched));
    Optional<Opened> opened =
        sessions.open(account.user(), account.credentialEpoch(), through, client);
    if (opened.isEmpty()) {
      return denied(identity, "changed", departed, client);
    }
    Replaced replaced = departed.replaces();
    if (replaced != null) {
      // OWASP ASVS 5.0, V7.2.4: the callback itself may come without the cookie of the old one.
      boolean unused = sessions.end(replaced.userId(), replaced.session());
    }
    giveBack(client);
    audit.of(
        AuditType.LOGIN_SUCCESS,
        account.user(),
        client,
        Map.of("method", identity.origin().value()));
    return new Arrival.SignedIn(opened.get(), departed.next());
  }

  /** Many people may share an address; the session is open, whatever becomes of this. */
  private void giveBack(ClientInfo client) {
    try {
      throttle.giveBack(START, client);
    } catch (AuthStoreException e) {
      log.warn("a sign-in stays counted: {}", e.toString());
    }
  }

  private Arrival denied(Identity identity, String reason, Departed departed, ClientInfo client) {
    record(AuditType.OAUTH_DENIED, identity.slot(), reason, identity.subject(), client);
    return new Arrival.Denied(departed.next());
  }

  /** One that is not as it should be cannot come back in a logout token either. */
  private static @Nullable String sid(Vouched vouched) {
    String sid = vouched.sid();
    return sid != null && Identity.isSubject(sid) ? sid : null;
  }

  private void record(
      AuditType type,
      String slot,
      @Nullable String reason,
      @Nullable String subject,
      ClientInfo client) {
    Map<String, String> details = new HashMap<>(Map.of("slot", slot));
    if (reason != null) {
      details.put("reason", reason);
    }
    // With it an administrator can link the identity to an account.
    String name = subject != null && Identity.isSubject(subject) ? slot + ":" + subject : null;
    audit.of(type, name, client, details);
  }
}

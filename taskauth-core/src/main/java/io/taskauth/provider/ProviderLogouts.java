package io.taskauth.provider;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing out, told from one side to the other: a provider ends sessions here (OpenID Connect
 * Back-Channel Logout 1.0), and a sign-out here goes on at the provider's (RP-Initiated Logout
 * 1.0). Threads may share it.
 */
public final class ProviderLogouts {
  private static final String PURPOSE = "oauth-logout";
  private static final Logger log = LoggerFactory.getLogger(ProviderLogouts.class);

  /** Longer than any provider's: a token's id has to be remembered as long as it is good. */
  private static final Duration MAX_LIFE = Duration.ofHours(24);

  private static final Duration SKEW = Duration.ofMinutes(2);

  private final SessionStore sessions;
  private final OneTimeSecretStore secrets;
  private final InstantSource clock;
  private final AuditTrail audit;

  ProviderLogouts(
      SessionStore sessions, OneTimeSecretStore secrets, InstantSource clock, AuditTrail audit) {
    this.sessions = sessions;
    this.secrets = secrets;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Ends the sessions that a logout token is about, on every node.
   *
   * @return whether the token holds
   * @throws ProviderUnavailableException where the provider's keys are needed and it is out
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public boolean backChannel(IdentityProvider provider, String logoutToken, ClientInfo client) {
    LogoutAnswer answer = ask(provider, logoutToken);
    if (!(answer instanceof LogoutAnswer.Verified verified)) {
      return refused(provider, ((LogoutAnswer.Refused) answer).reason(), client);
    }
    Instant now = clock.instant();
    Duration life = Duration.between(now, verified.expiresAt()).plus(SKEW);
    if (life.compareTo(MAX_LIFE) > 0 || life.isNegative()) {
      return refused(provider, "expires", client);
    }
    String once = Hashes.sha256Hex(provider.slot() + "\n" + verified.tokenId());
    if (secrets.find(once, PURPOSE, now).isPresent()) {
      return refused(provider, "replayed", client);
    }
    int ended = sessions.endThrough(verified.logout());
    remember(once, now.plus(life));
    String subject = verified.logout().subject();
    audit.of(
        AuditType.OAUTH_LOGOUT,
        subject == null ? null : provider.slot() + ":" + subject,
        client,
        Map.of("slot", provider.slot(), "sessions", String.valueOf(ended)));
    return true;
  }

  /** What a provider sends may end up in the message: only the kind of exception is told. */
  private static void failed(IdentityProvider provider, RuntimeException e) {
    log.error("the identity provider '{}' failed with {}", provider.slot(), e.getClass().getName());
  }

  private static LogoutAnswer ask(IdentityProvider provider, String logoutToken) {
    try {
      return provider.logout(logoutToken);
    } catch (ProviderUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      failed(provider, e);
      return new LogoutAnswer.Refused("exception");
    }
  }

  /**
   * Afterwards, because a provider tries again where we have failed, and must be heard then: a
   * token that is heard twice at once signs nobody out who is not out already.
   */
  private void remember(String once, Instant until) {
    try {
      secrets.put(new OneTimeSecret(once, PURPOSE, null, null, "", until));
    } catch (AuthStoreException e) {
      log.warn("a logout token could be heard once more: {}", e.toString());
    }
  }

  private boolean refused(IdentityProvider provider, String reason, ClientInfo client) {
    Map<String, String> details = new HashMap<>(Map.of("slot", provider.slot()));
    details.put("reason", reason);
    audit.of(AuditType.OAUTH_LOGOUT_REFUSED, (String) null, client, details);
    return false;
  }

  /**
   * Where to send a browser whose session has ended here; empty where the provider does not care or
   * cannot be asked.
   */
  public Optional<URI> atProvider(IdentityProvider provider, ProviderSession session, URI back) {
    try {
      return provider.logoutUri(session, back);
    } catch (ProviderUnavailableException e) {
      log.warn("the identity provider '{}' is out: {}", provider.slot(), e.getMessage());
      return Optional.empty();
    } catch (RuntimeException e) {
      // Whoever wants to leave has left already.
      failed(provider, e);
      return Optional.empty();
    }
  }
}

package io.taskauth.principal;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.principal.Authentication.Anonymous;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.service.ServiceAccounts;
import io.taskauth.service.ServiceToken;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.service.TokenProviders;
import io.taskauth.session.ClientInfo;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** From a service token to the machine that has it. */
final class ServiceAuthenticator {
  private static final Pattern OURS = Pattern.compile("taskauth_", Pattern.CASE_INSENSITIVE);

  private final TokenProviders providers;
  private final Optional<ServiceAccounts> accounts;
  private final SignedTokens tokens;
  private final VerifiedCache cache;
  private final ServiceSightings sightings;
  private final AuditTrail audit;

  ServiceAuthenticator(
      TokenProviders providers,
      Optional<ServiceAccounts> accounts,
      SignedTokens tokens,
      VerifiedCache cache,
      AuditTrail audit) {
    this.providers = providers;
    this.accounts = accounts;
    this.tokens = tokens;
    this.cache = cache;
    this.sightings = new ServiceSightings(audit);
    this.audit = audit;
  }

  Authentication authenticate(Credential credential, ClientInfo client, Instant now) {
    if (credential instanceof Credential.None || credential instanceof Credential.SessionCookie) {
      return new Anonymous();
    }
    if (!(credential instanceof Credential.Bearer bearer)) {
      return refused("malformed", client);
    }
    Optional<ServicePrincipal> known = verify(bearer, now);
    if (known.isEmpty()) {
      return refused("unknown", client);
    }
    noteUse(known.get(), client, now);
    return new Authenticated(known.get());
  }

  private void noteUse(ServicePrincipal who, ClientInfo client, Instant now) {
    sightings.note(who, client, now);
    UUID account = who.account();
    if (account != null) {
      accounts.ifPresent(kept -> kept.used(account, client, now));
    }
  }

  private Optional<ServicePrincipal> verify(Credential.Bearer bearer, Instant now) {
    Principal known =
        ServiceToken.isOne(bearer.token()) ? cache.find(bearer.token(), now).orElse(null) : null;
    return known instanceof ServicePrincipal service && !service.service().isPast(now)
        ? Optional.of(service.presenting(bearer))
        : ask(bearer, now);
  }

  /**
   * Whose token this is, whatever is remembered; tells nobody.
   *
   * @throws io.taskauth.service.ProviderUnavailableException where nobody can say
   */
  Optional<ServicePrincipal> ask(Credential.Bearer bearer, Instant now) {
    String token = bearer.token();
    if (ServiceToken.isOne(token)) {
      return accounts.flatMap(kept -> ofAccount(kept, bearer, now));
    }
    if (isOurs(token)) {
      return Optional.empty();
    }
    return providers
        .verify(token)
        .filter(service -> !service.isPast(now))
        .map(service -> new ServicePrincipal(service, null).presenting(bearer));
  }

  /**
   * What we made ourselves, for users, children or anybody, is nothing to show to another system:
   * by its beginning, and by its signature where somebody left the beginning out.
   */
  boolean isOurs(String token) {
    return OURS.matcher(token).lookingAt() || tokens.isSignedByUs(token);
  }

  private Optional<ServicePrincipal> ofAccount(
      ServiceAccounts kept, Credential.Bearer bearer, Instant now) {
    if (!(kept.checkSignature(bearer.token()) instanceof TokenCheck.Valid valid)) {
      return Optional.empty();
    }
    TokenClaims claims = valid.claims();
    ChangeCounts.Stamp stamp = cache.stamp(claims);
    Optional<TokenPrincipal> found = kept.check(bearer.token(), claims, now);
    UUID account = claims.subjectId().orElse(null);
    Optional<ServicePrincipal> service =
        found.map(principal -> new ServicePrincipal(principal, account));
    service.ifPresent(principal -> cache.remember(bearer.token(), principal, stamp, now));
    return service.map(principal -> principal.presenting(bearer));
  }

  private Rejected refused(String reason, ClientInfo client) {
    audit.of(
        AuditType.TOKEN_AUTH_FAILURE,
        (String) null,
        client,
        Map.of("reason", "service_token_" + reason));
    return new Rejected(Reason.SERVICE_TOKEN_UNKNOWN);
  }
}

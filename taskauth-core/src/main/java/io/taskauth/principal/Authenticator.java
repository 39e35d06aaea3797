package io.taskauth.principal;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.PersonalToken;
import io.taskauth.audit.AuditTrail;
import io.taskauth.principal.Authentication.Anonymous;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.service.ServiceAccounts;
import io.taskauth.service.ServiceToken;
import io.taskauth.service.TokenProviders;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionLifetime;
import io.taskauth.store.ChangeFeed;
import io.taskauth.token.SignedTokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * From a credential to a principal: from memory, or with one round trip to the store. A forged
 * token is turned away by its signature before the store is asked. Threads may share it.
 */
public final class Authenticator implements AutoCloseable {
  private final SessionAuthenticator sessions;
  private final Optional<TokenAuthenticator> accessTokens;
  private final ServiceAuthenticator services;
  private final Standing standing;
  private final VerifiedCache cache;
  private final InstantSource clock;

  /**
   * Who knows whom.
   *
   * @param accessTokens empty where there is no store to keep them in
   * @param serviceAccounts likewise
   */
  public record Directories(
      SessionDirectory sessions,
      Optional<AccessTokens> accessTokens,
      Optional<ServiceAccounts> serviceAccounts,
      TokenProviders tokenProviders) {}

  public Authenticator(
      SignedTokens tokens,
      Directories known,
      SessionLifetime lifetime,
      AuditTrail audit,
      ChangeFeed feed,
      Duration cacheLife,
      int cacheEntries,
      InstantSource clock) {
    this.cache = new VerifiedCache(feed, cacheLife, cacheEntries);
    this.sessions = new SessionAuthenticator(tokens, known.sessions(), lifetime, cache);
    this.accessTokens =
        known.accessTokens().map(kept -> new TokenAuthenticator(kept, cache, audit));
    this.services =
        new ServiceAuthenticator(
            known.tokenProviders(), known.serviceAccounts(), tokens, cache, audit);
    this.standing = new Standing(known.sessions(), lifetime, known.accessTokens(), services, clock);
    this.clock = clock;
  }

  /**
   * Says who it is.
   *
   * @param client where the request came from, for the record
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   */
  public Authentication authenticate(Credential credential, ClientInfo client) {
    if (credential instanceof Credential.SessionCookie cookie) {
      return sessions.authenticate(cookie.token(), clock.instant());
    }
    if (credential instanceof Credential.Bearer bearer) {
      return bearer(bearer.token(), client);
    }
    return credential instanceof Credential.None
        ? new Anonymous()
        : new Rejected(Reason.INVALID_TOKEN);
  }

  /**
   * Says which machine it is; users are nobody here.
   *
   * @param client where the request came from, for the record
   * @throws io.taskauth.service.ProviderUnavailableException where none of the providers knows the
   *     token, and one could not say
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   */
  public Authentication authenticateService(Credential credential, ClientInfo client) {
    return services.authenticate(credential, client, clock.instant());
  }

  /** Whether it is what users come with, good or not: nothing to show to another system. */
  public boolean isOfUser(Credential credential) {
    return credential instanceof Credential.Bearer bearer
        ? services.isOurs(bearer.token()) && !ServiceToken.isOne(bearer.token())
        : credential instanceof Credential.SessionCookie || credential instanceof Credential.None;
  }

  /** How many credentials were known from a moment ago. */
  public long cacheHits() {
    return cache.hits();
  }

  /** For how many with a good signature the store was asked. */
  public long cacheMisses() {
    return cache.misses();
  }

  /** Whether those who were let in still are who they were. */
  public Standing standing() {
    return standing;
  }

  private Authentication bearer(String token, ClientInfo client) {
    return PersonalToken.isOne(token)
        ? accessTokens
            .map(kept -> kept.authenticate(token, client, clock.instant()))
            .orElseGet(() -> new Rejected(Reason.ACCESS_TOKEN_UNKNOWN))
        : sessions.authenticate(token, clock.instant());
  }

  @Override
  public void close() {
    cache.close();
  }
}

package io.taskauth.principal;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.PersonalToken;
import io.taskauth.audit.AuditTrail;
import io.taskauth.principal.Authentication.Anonymous;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
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
  private final VerifiedCache cache;
  private final InstantSource clock;

  /**
   * @param accessTokens empty where there is no store to keep them in
   */
  public Authenticator(
      SignedTokens tokens,
      SessionDirectory sessions,
      SessionLifetime lifetime,
      Optional<AccessTokens> accessTokens,
      AuditTrail audit,
      ChangeFeed feed,
      Duration cacheLife,
      int cacheEntries,
      InstantSource clock) {
    this.cache = new VerifiedCache(feed, cacheLife, cacheEntries);
    this.sessions = new SessionAuthenticator(tokens, sessions, lifetime, cache);
    this.accessTokens = accessTokens.map(kept -> new TokenAuthenticator(kept, cache, audit));
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

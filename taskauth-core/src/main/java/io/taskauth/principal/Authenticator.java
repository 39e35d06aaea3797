package io.taskauth.principal;

import io.taskauth.principal.Authentication.Anonymous;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionLifetime;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.store.ChangeFeed;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * From a credential to a principal: from memory, or with one round trip to the store. A forged
 * token is turned away by its signature before the store is asked. Threads may share it.
 */
public final class Authenticator implements AutoCloseable {
  private final SignedTokens tokens;
  private final SessionDirectory sessions;
  private final SessionLifetime lifetime;
  private final VerifiedCache cache;
  private final InstantSource clock;

  public Authenticator(
      SignedTokens tokens,
      SessionDirectory sessions,
      SessionLifetime lifetime,
      ChangeFeed feed,
      Duration cacheLife,
      int cacheEntries,
      InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.lifetime = lifetime;
    this.cache = new VerifiedCache(feed, cacheLife, cacheEntries);
    this.clock = clock;
  }

  /**
   * Says who it is.
   *
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   */
  public Authentication authenticate(Credential credential) {
    if (credential instanceof Credential.SessionCookie cookie) {
      return session(cookie.token());
    }
    if (credential instanceof Credential.Bearer bearer) {
      return session(bearer.token());
    }
    return credential instanceof Credential.None
        ? new Anonymous()
        : new Rejected(Reason.INVALID_TOKEN);
  }

  private Authentication session(String token) {
    Instant now = clock.instant();
    Optional<SessionUser> known = cache.find(token, now);
    // What is remembered may lag behind the last use, so only the store says that it has ended.
    Authentication answer =
        known
            .filter(user -> isRunning(user, now))
            .<Authentication>map(Authenticated::new)
            .orElseGet(() -> lookUp(token, now));
    if (answer instanceof Authenticated in && in.principal() instanceof SessionUser user) {
      sessions.seen(user.session(), now);
    }
    return answer;
  }

  private boolean isRunning(SessionUser user, Instant now) {
    return user.session().expiresAt().isAfter(now)
        && !lifetime.isIdle(sessions.lastSeen(user.session()), now);
  }

  private Authentication lookUp(String token, Instant now) {
    TokenCheck check = tokens.check(token, TokenType.SESSION);
    if (check instanceof TokenCheck.Valid valid) {
      return lookUp(token, valid.claims(), now);
    }
    return new Rejected(
        check instanceof TokenCheck.Expired ? Reason.SESSION_EXPIRED : Reason.INVALID_TOKEN);
  }

  private Authentication lookUp(String token, TokenClaims claims, Instant now) {
    Optional<UUID> userId = uuid(claims.subject());
    if (userId.isEmpty()) {
      return new Rejected(Reason.INVALID_TOKEN);
    }
    long stamp = cache.stamp(userId.get());
    Optional<SessionOfUser> found = sessions.find(claims);
    if (found.isEmpty()) {
      return new Rejected(Reason.SESSION_EXPIRED);
    }
    if (!found.get().user().active()) {
      return new Rejected(Reason.ACCOUNT_DEACTIVATED);
    }
    SessionUser user = new SessionUser(found.get().user(), found.get().session());
    cache.remember(token, user, stamp, now);
    return new Authenticated(user);
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    cache.close();
  }
}

package io.taskauth.principal;

import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionLifetime;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.Optional;

/** From the token of a session to its user. */
final class SessionAuthenticator {
  private final SignedTokens tokens;
  private final SessionDirectory sessions;
  private final SessionLifetime lifetime;
  private final VerifiedCache cache;

  SessionAuthenticator(
      SignedTokens tokens,
      SessionDirectory sessions,
      SessionLifetime lifetime,
      VerifiedCache cache) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.lifetime = lifetime;
    this.cache = cache;
  }

  Authentication authenticate(String token, Instant now) {
    Principal known = cache.find(token, now).orElse(null);
    // What is remembered may lag behind the last use, so only the store says that it has ended.
    Authentication answer =
        known instanceof SessionUser user && isRunning(user, now)
            ? new Authenticated(user)
            : lookUp(token, now);
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
    if (claims.subjectId().isEmpty()) {
      return new Rejected(Reason.INVALID_TOKEN);
    }
    ChangeCounts.Stamp stamp = cache.stamp(claims);
    Optional<SessionOfUser> found = sessions.find(claims);
    if (found.isEmpty()) {
      return new Rejected(Reason.SESSION_EXPIRED);
    }
    if (!found.get().user().active()) {
      return new Rejected(Reason.ACCOUNT_DEACTIVATED);
    }
    User account = found.get().user();
    SessionUser user = new SessionUser(account, found.get().session().ofRequest(account));
    cache.remember(token, user, stamp, now);
    return new Authenticated(user);
  }
}

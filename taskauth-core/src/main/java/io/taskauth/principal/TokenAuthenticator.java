package io.taskauth.principal;

import io.taskauth.accesstoken.AccessTokenCheck;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.session.ClientInfo;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a personal access token to its owner. */
final class TokenAuthenticator {
  private final AccessTokens tokens;
  private final VerifiedCache cache;
  private final AuditTrail audit;

  TokenAuthenticator(AccessTokens tokens, VerifiedCache cache, AuditTrail audit) {
    this.tokens = tokens;
    this.cache = cache;
    this.audit = audit;
  }

  Authentication authenticate(String presented, ClientInfo client, Instant now) {
    Principal known = cache.find(presented, now).orElse(null);
    Authentication answer =
        known instanceof TokenUser user && user.token().isLive(now)
            ? new Authenticated(user)
            : lookUp(presented, client, now);
    if (answer instanceof Authenticated in && in.principal() instanceof TokenUser user) {
      tokens.used(user.token(), user.account(), client, now);
    }
    return answer;
  }

  private Authentication lookUp(String presented, ClientInfo client, Instant now) {
    TokenCheck signature = tokens.checkSignature(presented);
    if (!(signature instanceof TokenCheck.Valid valid)) {
      return refused(
          signature instanceof TokenCheck.Expired
              ? Reason.ACCESS_TOKEN_EXPIRED
              : Reason.ACCESS_TOKEN_UNKNOWN,
          null,
          null,
          client);
    }
    TokenClaims claims = valid.claims();
    if (claims.subjectId().isEmpty()) {
      return refused(Reason.ACCESS_TOKEN_UNKNOWN, null, null, client);
    }
    ChangeCounts.Stamp stamp = cache.stamp(claims);
    AccessTokenCheck check = tokens.check(presented, claims, now);
    if (check instanceof AccessTokenCheck.Valid good) {
      TokenUser user = new TokenUser(good.owner(), good.token());
      cache.remember(presented, user, stamp, now);
      return new Authenticated(user);
    }
    AccessTokenCheck.Invalid bad = (AccessTokenCheck.Invalid) check;
    return refused(reason(bad), bad.owner(), claims.id(), client);
  }

  private static Reason reason(AccessTokenCheck.Invalid bad) {
    return switch (bad.reason()) {
      case UNKNOWN -> Reason.ACCESS_TOKEN_UNKNOWN;
      case REVOKED -> Reason.ACCESS_TOKEN_REVOKED;
      case EXPIRED -> Reason.ACCESS_TOKEN_EXPIRED;
      case ACCOUNT_DEACTIVATED -> Reason.ACCOUNT_DEACTIVATED;
    };
  }

  private Rejected refused(
      Reason reason, @Nullable User owner, @Nullable String tokenId, ClientInfo client) {
    Map<String, String> details = Map.of("reason", reason.code());
    if (owner != null && tokenId != null) {
      audit.of(AuditType.TOKEN_AUTH_FAILURE, owner, tokenId, client, details);
    } else {
      audit.of(AuditType.TOKEN_AUTH_FAILURE, (String) null, client, details);
    }
    return new Rejected(reason);
  }
}

package io.taskauth.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.taskauth.user.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What every token of a provider must say. Nimbus checks the same, but by the system's clock and
 * with messages that quote the token.
 */
final class TokenRules {
  static final Duration SKEW = Duration.ofSeconds(60);

  private TokenRules() {}

  static void check(JWTClaimsSet claims, String issuer, String clientId, Instant now)
      throws RefusedException {
    demand(issuer.equals(claims.getIssuer()), "issuer");
    demand(claims.getAudience().contains(clientId), "audience");
    Instant expires = required(claims.getExpirationTime(), "expired");
    demand(now.isBefore(expires.plus(SKEW)), "expired");
    Instant issued = required(claims.getIssueTime(), "issued_at");
    demand(!issued.isAfter(now.plus(SKEW)), "issued_at");
    Date notBefore = claims.getNotBeforeTime();
    demand(notBefore == null || !notBefore.toInstant().isAfter(now.plus(SKEW)), "not_before");
  }

  static Instant required(@Nullable Date time, String reason) throws RefusedException {
    if (time == null) {
      throw new RefusedException(reason);
    }
    return time.toInstant();
  }

  static String subject(@Nullable Object subject) throws RefusedException {
    if (subject instanceof String text && Identity.isSubject(text)) {
      return text;
    }
    throw new RefusedException("subject");
  }

  static void demand(boolean fulfilled, String reason) throws RefusedException {
    if (!fulfilled) {
      throw new RefusedException(reason);
    }
  }
}

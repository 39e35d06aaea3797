package io.taskauth.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What an ID token must say on top of {@link TokenRules} (OpenID Connect Core 1.0, section
 * 3.1.3.7).
 *
 * @param maxAge how long ago the person may have signed in at the provider, or null for any time
 */
record IdTokenRules(String issuer, String clientId, @Nullable Duration maxAge) {
  void check(JWTClaimsSet claims, String nonce, Instant now) throws RefusedException {
    TokenRules.check(claims, issuer, clientId, now);
    Object party = claims.getClaim("azp");
    // A token for several clients is for the one that it was issued to.
    boolean alone = party == null && claims.getAudience().size() == 1;
    TokenRules.demand(alone || clientId.equals(party), "authorized_party");
    TokenRules.demand(nonce.equals(claims.getClaim("nonce")), "nonce");
    TokenRules.subject(claims.getSubject());
    checkAge(claims, now);
  }

  private void checkAge(JWTClaimsSet claims, Instant now) throws RefusedException {
    if (maxAge == null) {
      return;
    }
    Instant signedIn = TokenRules.required(authTime(claims), "auth_time");
    Instant oldest = now.minus(maxAge).minus(TokenRules.SKEW);
    TokenRules.demand(!signedIn.isBefore(oldest), "auth_time");
    TokenRules.demand(!signedIn.isAfter(now.plus(TokenRules.SKEW)), "auth_time");
  }

  private static @Nullable Date authTime(JWTClaimsSet claims) throws RefusedException {
    try {
      return claims.getDateClaim("auth_time");
    } catch (java.text.ParseException e) {
      throw new RefusedException("auth_time");
    }
  }
}

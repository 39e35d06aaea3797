package io.taskauth.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenClaimsVerifier;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.session.ProviderLogout;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What a logout token must say on top of {@link TokenRules} (OpenID Connect Back-Channel Logout
 * 1.0, section 2.6).
 */
record LogoutTokenRules(String slot, String issuer, String clientId) {
  /** Providers older than the final text send {@code JWT} or nothing. */
  static final JOSEObjectTypeVerifier<SecurityContext> TYPE =
      new DefaultJOSEObjectTypeVerifier<>(LogoutTokenValidator.TYPE, JOSEObjectType.JWT, null);

  // Whoever keeps a token's name to know it again needs an end to that.
  private static final Duration MAX_AGE = Duration.ofHours(1);
  private static final int MAX_NAME = 255;

  LogoutAnswer check(JWTClaimsSet claims, Instant now) throws RefusedException {
    TokenRules.check(claims, issuer, clientId, now);
    Instant issued = TokenRules.required(claims.getIssueTime(), "issued_at");
    TokenRules.demand(now.isBefore(issued.plus(MAX_AGE)), "issued_at");
    checkForm(claims, now);
    String subject = claims.getSubject();
    if (subject != null) {
      TokenRules.subject(subject);
    }
    return new LogoutAnswer.Verified(
        new ProviderLogout(slot, subject, name(claims.getClaim("sid"))),
        required(name(claims.getJWTID())),
        end(claims, issued));
  }

  /** Events, no nonce, subject or session. */
  private void checkForm(JWTClaimsSet claims, Instant now) throws RefusedException {
    var rules =
        new LogoutTokenClaimsVerifier(new Issuer(issuer), new ClientID(clientId)) {
          @Override
          protected Date currentTime() {
            return Date.from(now);
          }
        };
    try {
      rules.verify(claims, null);
    } catch (BadJWTException e) {
      throw new RefusedException("claims");
    }
  }

  private static @Nullable String name(@Nullable Object name) throws RefusedException {
    boolean fits =
        name == null || (name instanceof String s && !s.isBlank() && s.length() <= MAX_NAME);
    TokenRules.demand(fits, "claims");
    return (String) name;
  }

  private static String required(@Nullable String name) throws RefusedException {
    if (name == null) {
      throw new RefusedException("claims");
    }
    return name;
  }

  private static Instant end(JWTClaimsSet claims, Instant issued) throws RefusedException {
    Instant expires =
        TokenRules.required(claims.getExpirationTime(), "expired").plus(TokenRules.SKEW);
    Instant tooOld = issued.plus(MAX_AGE);
    return expires.isBefore(tooOld) ? expires : tooOld;
  }
}

package io.taskauth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;

/**
 * Whether a token is signed by its provider (RFC 7515), with keys that come from the metadata only:
 * {@code jku}, {@code x5u} and {@code jwk} in a token's header count for nothing.
 */
final class TokenSignatures {
  private static final int MAX_LENGTH = 16 * 1024;

  private final JWKSource<SecurityContext> keys;

  TokenSignatures(JWKSource<SecurityContext> keys) {
    this.keys = keys;
  }

  /** A token as it is written; nothing is known about who wrote it. */
  static SignedJWT read(String token) throws RefusedException {
    if (token.length() > MAX_LENGTH) {
      throw new RefusedException("response_too_large");
    }
    try {
      JWT jwt = JWTParser.parse(token);
      if (jwt instanceof SignedJWT signed) {
        Map<String, Object> claims = signed.getPayload().toJSONObject();
        TokenRules.demand(claims != null, "token");
        Object subject = claims.get("sub");
        // Nimbus makes a string of a number, and of a large one somebody else's.
        TokenRules.demand(subject == null || subject instanceof String, "subject");
        signed.getJWTClaimsSet();
        return signed;
      }
    } catch (ParseException e) {
      throw new RefusedException("token");
    }
    throw new RefusedException("algorithm");
  }

  /** The claims of a token that is signed; nothing is known about what they say. */
  JWTClaimsSet verify(
      SignedJWT signed, JOSEObjectTypeVerifier<SecurityContext> type, Set<JWSAlgorithm> algorithms)
      throws RefusedException {
    if (!algorithms.contains(signed.getHeader().getAlgorithm())) {
      throw new RefusedException("algorithm");
    }
    try {
      type.verify(signed.getHeader().getType(), null);
    } catch (BadJOSEException e) {
      throw new RefusedException("type");
    }
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(type);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    // The claims are checked afterwards, so that each rule has a word for the record.
    processor.setJWTClaimsSetVerifier(null);
    try {
      return processor.process(signed, null);
    } catch (BadJOSEException | JOSEException e) {
      throw e.getCause() instanceof RefusedException r ? r : new RefusedException("signature");
    }
  }
}

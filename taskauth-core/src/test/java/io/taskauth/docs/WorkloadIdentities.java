package io.taskauth.docs;

// docs:begin workload
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.service.TokenProvider;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets the workloads of a platform in by the signed tokens that it gives them. */
final class WorkloadIdentities implements TokenProvider {
  private final DefaultJWTProcessor<SecurityContext> jwts = new DefaultJWTProcessor<>();
  private final Map<String, Set<String>> scopes;

  /**
   * @param keys where the platform publishes its keys (JWKS)
   * @param scopes what each workload may do, by its {@code sub}; others are nobody here
   */
  WorkloadIdentities(URL keys, String issuer, String audience, Map<String, Set<String>> scopes) {
    // A second to connect, a second to read, 64 KiB: a gate must not wait for longer.
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(keys, new DefaultResourceRetriever(1000, 1000, 64 * 1024)).build();
    jwts.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), source));
    jwts.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
    this.scopes = Map.copyOf(scopes);
  }

  @Override
  public Optional<TokenPrincipal> verifyToken(String token) {
    try {
      JWTClaimsSet claims = jwts.process(token, null);
      String workload = claims.getSubject();
      return Optional.ofNullable(scopes.get(workload))
          .map(
              allowed ->
                  new TokenPrincipal(
                      workload, "platform", allowed, claims.getExpirationTime().toInstant()));
    } catch (RateLimitReachedException e) {
      // Made-up key ids, more of them than anybody needs to ask about.
      return Optional.empty();
    } catch (KeySourceException e) {
      throw new ProviderUnavailableException("the platform's keys cannot be read", e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }
}
// docs:end workload

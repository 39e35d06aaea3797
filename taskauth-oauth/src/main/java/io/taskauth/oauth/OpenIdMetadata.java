package io.taskauth.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * What we use of a provider's metadata (OpenID Connect Discovery 1.0, section 3).
 *
 * @param algorithms which signatures to believe
 * @param secretInBody whether the client's secret goes there, and not into a header
 * @param namesIssuer whether every answer carries {@code iss} (RFC 9207, section 3)
 */
record OpenIdMetadata(
    URI authorization,
    URI token,
    URI keys,
    @Nullable URI userinfo,
    @Nullable URI endSession,
    Set<JWSAlgorithm> algorithms,
    boolean secretInBody,
    boolean namesIssuer) {
  // Never "none", nor HS256: whoever knows a public key could sign with it as if it were a secret.
  private static final Set<JWSAlgorithm> BELIEVED =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  static OpenIdMetadata parse(JSONObject json, URI issuer) throws RefusedException {
    OIDCProviderMetadata metadata = parse(json);
    // RFC 8414, section 3.3: or one provider could speak for another.
    if (!metadata.getIssuer().getValue().equals(issuer.toString())) {
      throw new RefusedException("issuer");
    }
    boolean http = Endpoints.isLoopback(issuer);
    return new OpenIdMetadata(
        required(metadata.getAuthorizationEndpointURI(), http),
        required(metadata.getTokenEndpointURI(), http),
        required(metadata.getJWKSetURI(), http),
        optional(metadata.getUserInfoEndpointURI(), http),
        optional(metadata.getEndSessionEndpointURI(), http),
        algorithms(metadata.getIDTokenJWSAlgs()),
        secretInBody(metadata.getTokenEndpointAuthMethods()),
        metadata.supportsAuthorizationResponseIssuerParam());
  }

  private static OIDCProviderMetadata parse(JSONObject json) throws RefusedException {
    try {
      return OIDCProviderMetadata.parse(json);
    } catch (ParseException e) {
      throw new RefusedException("metadata");
    }
  }

  private static URI required(@Nullable URI endpoint, boolean http) throws RefusedException {
    if (endpoint == null || !Endpoints.isSafe(endpoint, http && Endpoints.isLoopback(endpoint))) {
      throw new RefusedException("endpoint");
    }
    return endpoint;
  }

  private static @Nullable URI optional(@Nullable URI endpoint, boolean http)
      throws RefusedException {
    return endpoint == null ? null : required(endpoint, http);
  }

  private static Set<JWSAlgorithm> algorithms(@Nullable List<JWSAlgorithm> listed)
      throws RefusedException {
    // RS256 is what every provider has (OpenID Connect Core 1.0, section 15.1).
    Set<JWSAlgorithm> algorithms =
        new LinkedHashSet<>(listed == null ? List.of(JWSAlgorithm.RS256) : listed);
    algorithms.retainAll(BELIEVED);
    if (algorithms.isEmpty()) {
      throw new RefusedException("algorithm");
    }
    return Set.copyOf(algorithms);
  }

  private static boolean secretInBody(@Nullable List<ClientAuthenticationMethod> listed) {
    return listed != null
        && listed.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        && !listed.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
  }
}

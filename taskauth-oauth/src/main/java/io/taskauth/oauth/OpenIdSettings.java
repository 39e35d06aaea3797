package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link OpenIdProvider} is set up.
 *
 * @param secret null for a public client, which PKCE alone protects
 * @param hintsDomain whether to tell the provider which accounts to offer
 */
record OpenIdSettings(
    String slot,
    String type,
    String label,
    URI issuer,
    ClientID clientId,
    @Nullable Secret secret,
    Scope scopes,
    Admission admission,
    @Nullable Duration maxAge,
    boolean localLogoutOnly,
    boolean hintsDomain,
    InstantSource clock,
    Duration deadline) {
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  /** The issuer that a discovery address is about (OpenID Connect Discovery 1.0, section 4.1). */
  static URI issuerOf(URI discoveryUrl) {
    String text = discoveryUrl.toString();
    return text.endsWith(WELL_KNOWN)
        ? URI.create(text.substring(0, text.length() - WELL_KNOWN.length()))
        : discoveryUrl;
  }

  URI discoveryUrl() {
    return URI.create(Endpoints.withoutSlash(issuer) + WELL_KNOWN);
  }

  @Override
  public String toString() {
    return slot + " " + issuer;
  }
}

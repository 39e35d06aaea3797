package io.taskauth.oauth;

import io.taskauth.provider.AuthorizationRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A provider that is set up for its stand-in. */
final class Providers {
  private Providers() {}

  static OpenIdProviderBuilder of(OpenIdStandIn them) {
    return OpenIdProvider.builder("example")
        .label(Told.LABEL)
        .discoveryUrl(them.issuer())
        .clientId(OpenIdStandIn.CLIENT_ID)
        .clientSecret(OpenIdStandIn.CLIENT_SECRET);
  }

  /** Where a sign-in begins, without asking for the metadata. */
  static URI authorizationUri(OpenIdStandIn them, AuthorizationRequest request) {
    return URI.create(
        them.issuer()
            + OpenIdStandIn.AUTHORIZE
            + "?response_type=code&scope=openid&client_id="
            + OpenIdStandIn.CLIENT_ID
            + "&redirect_uri="
            + URLEncoder.encode(request.redirectUri().toString(), StandardCharsets.UTF_8)
            + "&state="
            + request.state()
            + "&nonce="
            + request.nonce()
            + "&code_challenge_method=S256&code_challenge="
            + StandIn.challenge(request.codeVerifier()));
  }
}

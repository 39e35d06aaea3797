package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.taskauth.provider.AuthorizationRequest;
import java.net.URI;

/** The code flow as GitHub speaks it (RFC 6749, section 4.1, with PKCE). */
final class GitHubClient {
  private final String base;
  private final ClientSecretPost client;
  private final Scope scopes;
  private final ProviderHttp http;

  GitHubClient(URI baseUrl, ClientSecretPost client, Scope scopes, ProviderHttp http) {
    base = Endpoints.withoutSlash(baseUrl);
    this.client = client;
    this.scopes = scopes;
    this.http = http;
  }

  URI authorizationUri(AuthorizationRequest request) {
    return new com.nimbusds.oauth2.sdk.AuthorizationRequest.Builder(
            ResponseType.CODE, client.getClientID())
        .endpointURI(URI.create(base + "/login/oauth/authorize"))
        .redirectionURI(request.redirectUri())
        .scope(scopes)
        .state(new State(request.state()))
        .codeChallenge(new CodeVerifier(request.codeVerifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  AccessToken token(String code, AuthorizationRequest request) throws RefusedException {
    var grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code),
            request.redirectUri(),
            new CodeVerifier(request.codeVerifier()));
    HTTPRequest tokenRequest =
        new TokenRequest.Builder(URI.create(base + "/login/oauth/access_token"), client, grant)
            .build()
            .toHTTPRequest();
    // Else GitHub answers with a form.
    tokenRequest.setAccept("application/json");
    try {
      // An error comes with status 200 too, and is told by the token that is not there.
      return AccessTokenResponse.parse(http.send(tokenRequest)).getTokens().getAccessToken();
    } catch (ParseException e) {
      throw new RefusedException("token_response");
    }
  }
}

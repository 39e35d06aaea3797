package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.taskauth.provider.AuthorizationRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a client of an OpenID provider makes (OpenID Connect Core 1.0, section 3.1).
 */
final class OpenIdClient {
  private final OpenIdSettings settings;
  private final ProviderHttp http;

  OpenIdClient(OpenIdSettings settings, ProviderHttp http) {
    this.settings = settings;
    this.http = http;
  }

  URI authorizationUri(URI endpoint, AuthorizationRequest request) {
    var uri =
        new AuthenticationRequest.Builder(
                ResponseType.CODE, settings.scopes(), settings.clientId(), request.redirectUri())
            .endpointURI(endpoint)
            .state(new State(request.state()))
            .nonce(new Nonce(request.nonce()))
            .codeChallenge(new CodeVerifier(request.codeVerifier()), CodeChallengeMethod.S256);
    if (settings.maxAge() != null) {
      uri.maxAge((int) settings.maxAge().toSeconds());
    }
    if (settings.hintsDomain() && settings.admission().domains().size() == 1) {
      // Which accounts to offer; whoever comes back is judged by their e-mail address alone.
      uri.customParameter("hd", settings.admission().domains().iterator().next());
    }
    return uri.build().toURI();
  }

  OIDCTokens tokens(OpenIdMetadata provider, String code, AuthorizationRequest request)
      throws RefusedException {
    var grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code),
            request.redirectUri(),
            new CodeVerifier(request.codeVerifier()));
    var response = http.send(tokenRequest(provider, grant).toHTTPRequest());
    try {
      return OIDCTokenResponse.parse(response).getOIDCTokens();
    } catch (ParseException e) {
      throw new RefusedException("token_response");
    }
  }

  private TokenRequest tokenRequest(OpenIdMetadata provider, AuthorizationCodeGrant grant) {
    URI endpoint = provider.token();
    Secret secret = settings.secret();
    if (secret == null) {
      return new TokenRequest.Builder(endpoint, settings.clientId(), grant).build();
    }
    var client =
        provider.secretInBody()
            ? new ClientSecretPost(settings.clientId(), secret)
            : new ClientSecretBasic(settings.clientId(), secret);
    return new TokenRequest.Builder(endpoint, client, grant).build();
  }

  /** What is said at the endpoint about this subject. */
  Map<String, Object> userinfo(URI endpoint, AccessToken token, String subject)
      throws RefusedException {
    Map<String, Object> claims =
        ProviderJson.object(http.send(new UserInfoRequest(endpoint, token).toHTTPRequest()));
    // OpenID Connect Core 1.0, section 5.3.2: with somebody else's token come their claims.
    TokenRules.demand(subject.equals(claims.get("sub")), "subject");
    return claims;
  }

  /**
   * No ID token goes along, because none is kept; the provider's own name for its session tells it
   * as much, where it gave one.
   */
  URI logoutUri(URI endpoint, @Nullable String sid, URI back) {
    return new LogoutRequest(endpoint, null, sid, settings.clientId(), back, null, null).toURI();
  }
}

package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.ProviderAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;

/** Goes to a provider and comes back. */
public final class Browser {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Browser() {}

  /** A sign-in that begins. */
  public static AuthorizationRequest request() {
    return new AuthorizationRequest(
        URI.create("https://app.example/auth/oauth/callback"),
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        new CodeVerifier().getValue());
  }

  /** There and back again. */
  public static ProviderAnswer signIn(IdentityProvider provider) {
    AuthorizationRequest request = request();
    return provider.complete(
        new AuthorizationResponse(request, visit(provider.authorizationUri(request))));
  }

  /** What the provider gives the browser to bring back. */
  public static Map<String, String> visit(URI authorizationUri) {
    try {
      var response =
          HTTP.send(HttpRequest.newBuilder(authorizationUri).build(), BodyHandlers.ofString());
      return StandIn.parameters(
          URI.create(response.headers().firstValue("Location").orElseThrow()).getRawQuery());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.taskauth.docs;

// docs:begin forge
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.service.ProviderUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** Signs in with the company's own OAuth server, which speaks no OpenID Connect. */
final class ForgeProvider implements IdentityProvider {
  /** The requests to that server, each with a time limit. */
  interface Forge {
    /** Whom the code is about; empty where the server does not take it. */
    Optional<Person> exchange(String code, String verifier, URI redirectUri) throws IOException;
  }

  record Person(String id, String name, String email, boolean emailConfirmed) {}

  private final Forge forge;

  ForgeProvider(Forge forge) {
    this.forge = forge;
  }

  @Override
  public String slot() {
    return "forge";
  }

  @Override
  public String label() {
    return "Forge";
  }

  @Override
  public String type() {
    return "oauth2";
  }

  @Override
  public URI authorizationUri(AuthorizationRequest request) {
    return URI.create(
        "https://forge.example.com/oauth/authorize?response_type=code&client_id=console"
            + "&redirect_uri="
            + URLEncoder.encode(request.redirectUri().toString(), UTF_8)
            + "&state="
            + request.state()
            + "&code_challenge="
            + challenge(request.codeVerifier())
            + "&code_challenge_method=S256");
  }

  @Override
  public ProviderAnswer complete(AuthorizationResponse response) {
    if ("access_denied".equals(response.parameters().get("error"))) {
      return new ProviderAnswer.Denied("access_denied", null);
    }
    String code = response.parameters().get("code");
    if (code == null) {
      return new ProviderAnswer.Failed("response");
    }
    AuthorizationRequest request = response.request();
    try {
      return forge
          .exchange(code, request.codeVerifier(), request.redirectUri())
          .map(ForgeProvider::vouched)
          .orElseGet(() -> new ProviderAnswer.Failed("token_response"));
    } catch (IOException e) {
      throw new ProviderUnavailableException("the forge cannot be reached", e);
    }
  }

  private static ProviderAnswer vouched(Person person) {
    return new ProviderAnswer.Vouched(
        person.id(), person.email(), person.emailConfirmed(), person.name(), null, null);
  }

  /** RFC 7636, section 4.2. */
  private static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
// docs:end forge

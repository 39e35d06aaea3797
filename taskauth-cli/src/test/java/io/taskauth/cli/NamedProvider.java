package io.taskauth.cli;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.ProviderAnswer;
import java.net.URI;

/** Somebody to sign in with, who never lets anybody in. */
final class NamedProvider implements IdentityProvider {
  @Override
  public String slot() {
    return "corp";
  }

  @Override
  public String label() {
    return "Corp";
  }

  @Override
  public String type() {
    return "stub";
  }

  @Override
  public URI authorizationUri(AuthorizationRequest request) {
    return URI.create("https://idp.example/authorize?state=" + request.state());
  }

  @Override
  public ProviderAnswer complete(AuthorizationResponse response) {
    return new ProviderAnswer.Failed("response");
  }
}

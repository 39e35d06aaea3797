package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.user.EmailAddress;
import java.net.URI;
import java.util.Set;

/**
 * GitHub, at github.com or in a company (RFC 6749 with PKCE, RFC 7636; it is no OpenID provider).
 * Whoever signs in is known by the number of their account, since a login can change hands. An
 * address counts that is both primary and verified. Its tokens are forgotten as soon as they are
 * used. Threads share it.
 */
public final class GitHubProvider implements IdentityProvider {
  private final String slot;
  private final String label;
  private final Set<String> organizations;
  private final ProviderHttp http;
  private final GitHubClient client;
  private final GitHubApi api;

  GitHubProvider(
      String slot,
      String label,
      Set<String> organizations,
      ProviderHttp http,
      GitHubClient client,
      GitHubApi api) {
    this.slot = slot;
    this.label = label;
    this.organizations = organizations;
    this.http = http;
    this.client = client;
    this.api = api;
  }

  /** One in the slot {@code github}, unless that is set. */
  public static GitHubProviderBuilder builder() {
    return new GitHubProviderBuilder();
  }

  @Override
  public String slot() {
    return slot;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String type() {
    return "github";
  }

  @Override
  public URI authorizationUri(AuthorizationRequest request) {
    return client.authorizationUri(request);
  }

  @Override
  public ProviderAnswer complete(AuthorizationResponse response) {
    try {
      return Distrust.of(() -> answer(response));
    } catch (RefusedException e) {
      return new ProviderAnswer.Failed(e.reason());
    }
  }

  private ProviderAnswer answer(AuthorizationResponse response) throws RefusedException {
    String error = response.parameters().get("error");
    if (error != null) {
      return ProviderError.answer(error, http);
    }
    String code = response.parameters().get("code");
    if (code == null) {
      throw new RefusedException("response");
    }
    AccessToken token = client.token(code, response.request());
    GitHubApi.Person person = api.person(token);
    if (!isWelcome(person.login(), token)) {
      return new ProviderAnswer.Denied("organization", person.id());
    }
    String email = EmailAddress.parse(api.email(token)).map(EmailAddress::value).orElse(null);
    String name = person.name() == null ? person.login() : person.name();
    return new ProviderAnswer.Vouched(person.id(), email, email != null, name, null, null);
  }

  private boolean isWelcome(String login, AccessToken token) throws RefusedException {
    for (String organization : organizations) {
      if (api.isMember(organization, login, token)) {
        return true;
      }
    }
    return organizations.isEmpty();
  }

  @Override
  public String toString() {
    return slot;
  }
}

package io.taskauth.server;

import io.taskauth.oauth.GitHubProvider;
import io.taskauth.oauth.GitHubProviderBuilder;
import io.taskauth.oauth.GoogleProvider;
import io.taskauth.oauth.OpenIdProvider;
import io.taskauth.oauth.OpenIdProviderBuilder;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.server.ProviderSettings.Client;
import io.taskauth.server.ProviderSettings.Oidc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The identity providers that the operator has set up; complaints name the variables. */
final class Providers {
  private Providers() {}

  static List<IdentityProvider> of(ProviderSettings settings) {
    List<IdentityProvider> providers = new ArrayList<>();
    settings
        .google()
        .ifPresent(
            client ->
                providers.add(named("TASKAUTH_OAUTH_GOOGLE_…", () -> google(settings, client))));
    settings
        .github()
        .ifPresent(
            client ->
                providers.add(named("TASKAUTH_OAUTH_GITHUB_…", () -> github(settings, client))));
    for (Oidc oidc : settings.oidc()) {
      providers.add(named(oidc.variables() + "…", () -> oidc(oidc)));
    }
    return providers;
  }

  private static IdentityProvider google(ProviderSettings settings, Client client) {
    return GoogleProvider.builder()
        .clientId(client.id())
        .clientSecret(Objects.requireNonNull(client.secret()))
        .allowedDomains(settings.googleDomains().toArray(String[]::new))
        .build();
  }

  private static IdentityProvider github(ProviderSettings settings, Client client) {
    GitHubProviderBuilder github =
        GitHubProvider.builder()
            .clientId(client.id())
            .clientSecret(Objects.requireNonNull(client.secret()))
            .allowedOrganizations(settings.githubOrganizations().toArray(String[]::new));
    settings.githubBaseUrl().ifPresent(github::baseUrl);
    settings.githubApiUrl().ifPresent(github::apiUrl);
    return github.build();
  }

  private static IdentityProvider oidc(Oidc oidc) {
    OpenIdProviderBuilder provider =
        OpenIdProvider.builder(oidc.slot())
            .discoveryUrl(oidc.discoveryUrl())
            .clientId(oidc.client().id())
            .allowedDomains(oidc.allowedDomains().toArray(String[]::new))
            .rolesAtEachLogin(oidc.rolesAtEachLogin());
    String secret = oidc.client().secret();
    if (secret != null) {
      provider.clientSecret(secret);
    }
    oidc.label().ifPresent(provider::label);
    oidc.requiredClaims().forEach(claim -> provider.requireClaim(claim.name(), claim.value()));
    oidc.roles()
        .forEach(each -> provider.role(each.claim().name(), each.claim().value(), each.role()));
    if (!oidc.scopes().isEmpty()) {
      provider.scopes(oidc.scopes().toArray(String[]::new));
    }
    if (oidc.localLogout()) {
      provider.localLogoutOnly();
    }
    return provider.build();
  }

  private static <T> T named(String variables, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(variables, String.valueOf(e.getMessage()));
    }
  }
}

package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.oauth.GitHubProvider;
import io.taskauth.oauth.GoogleProvider;
import io.taskauth.oauth.OpenIdProvider;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;
import jakarta.servlet.Filter;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The code that docs/single-sign-on.md shows, between the marks, as it stands there. */
class ProviderExampleTest {
  private final AuthStore store = new InMemoryAuthStore();
  private final String secret = "a secret of 32 bytes or more, for this test";
  private final String clientSecret = "what the provider gave";

  @Test
  void google() {
    // docs:begin google
    TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secret)
            .identityProvider(
                GoogleProvider.builder()
                    .clientId("1234567890.apps.googleusercontent.com")
                    .clientSecret(clientSecret)
                    .allowedDomains("example.com")
                    .build())
            .administratorEmails("ada@example.com")
            .build();

    Filter gate =
        new TaskAuthFilter(auth, WebOptions.defaults().publicUrl("https://tools.example.com"));
    // docs:end google
    assertThat(gate).isNotNull();
    assertThat(auth.identityProviders().orElseThrow().find("google")).isPresent();
    auth.close();
  }

  @Test
  void gitHub() {
    // docs:begin github
    IdentityProvider github =
        GitHubProvider.builder()
            .clientId("Ov23li0123456789abcd")
            .clientSecret(clientSecret)
            .allowedOrganizations("example-inc")
            .build();
    // docs:end github
    assertThat(github.slot()).isEqualTo("github");
  }

  @Test
  void openId() {
    // docs:begin openid
    IdentityProvider company =
        OpenIdProvider.builder("company")
            .label("Example Inc")
            .discoveryUrl(URI.create("https://sso.example.com/realms/staff"))
            .clientId("console")
            .clientSecret(clientSecret)
            .requireClaim("groups", "console-users")
            .role("groups", "console-admins", "admin")
            .role("groups", "console-operators", "operator")
            .otherwiseRole("viewer")
            .rolesAtEachLogin(true)
            .build();
    // docs:end openid
    assertThat(company.roles()).containsExactlyInAnyOrder("admin", "operator", "viewer");
  }
}

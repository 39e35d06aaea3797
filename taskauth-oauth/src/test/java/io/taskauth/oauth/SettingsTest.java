package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskauth.provider.IdentityProvider;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that make no sense are refused by name, and secrets are never shown. */
class SettingsTest {
  private static OpenIdProviderBuilder openId() {
    return OpenIdProvider.builder("example")
        .discoveryUrl(URI.create("https://id.example"))
        .clientId("id");
  }

  private static Arguments row(String setting, Consumer<OpenIdProviderBuilder> doing) {
    return Arguments.of(setting, doing);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        row("label", b -> b.label(" ")),
        row("clientId", b -> b.clientId("")),
        row("clientId", b -> b.clientId("a\nb")),
        row("clientSecret", b -> b.clientSecret("")),
        row("clientSecret", b -> b.clientSecret("hunter2 ")),
        row("allowedDomains", b -> b.allowedDomains("")),
        row("allowedDomains", b -> b.allowedDomains("localhost")),
        row("allowedDomains", b -> b.allowedDomains("@example.org")),
        row("allowedDomains", b -> b.allowedDomains("*.example.org")),
        row("allowedDomains", b -> b.allowedDomains("example.org.")),
        row("allowedDomains", b -> b.allowedDomains("example.org,example.net")),
        row("requireClaim", b -> b.requireClaim("", "x")),
        row("requireClaim", b -> b.requireClaim("groups", "")),
        row("role", b -> b.role("groups", "x", "Admin")),
        row("role", b -> b.role("", "x", "admin")),
        row("role", b -> b.otherwiseRole("not a role")),
        row("scopes", b -> b.scopes("email profile")),
        row("scopes", b -> b.scopes("")),
        row("maxAge", b -> b.maxAge(Duration.ofSeconds(-1))),
        row("maxAge", b -> b.maxAge(Duration.ofDays(100_000))));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatMakesNoSenseIsRefusedByName(String setting, Consumer<OpenIdProviderBuilder> doing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> doing.accept(openId()))
        .withMessageContaining(setting)
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://0.0.0.0",
        "ftp://localhost",
        "id.example",
        "https:///realm",
        "https://user:password@id.example",
        "https://id.example?tenant=1",
        "https://id.example#x"
      })
  void secretsTravelOverHttpsOnly(String url) {
    URI uri = URI.create(url);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> openId().discoveryUrl(uri))
        .withMessageContaining("discoveryUrl");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHubProvider.builder().baseUrl(uri))
        .withMessageContaining("baseUrl");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHubProvider.builder().apiUrl(uri))
        .withMessageContaining("apiUrl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/realm",
        "http://127.0.0.1",
        "http://127.1.2.3:1",
        "http://[::1]:8080",
        "https://id.example/realm/.well-known/openid-configuration"
      })
  void orStayOnThisMachine(String url) {
    openId().discoveryUrl(URI.create(url)).build();
    GitHubProvider.builder().baseUrl(URI.create(url));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenIdProvider.builder("example").clientId("id").build())
        .withMessageContaining("discoveryUrl");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoogleProvider.builder().build())
        .withMessageContaining("clientId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHubProvider.builder().clientId("id").build())
        .withMessageContaining("clientSecret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHubProvider.builder().clientSecret("secret").build())
        .withMessageContaining("clientId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "1st", "with space", "service", "a.b"})
  void aSlotHasARule(String slot) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenIdProvider.builder(slot))
        .withMessageContaining("slot");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHubProvider.builder().slot(slot))
        .withMessageContaining("slot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "acme corp", "..", "acme?x"})
  void anOrganizationIsAName(String organization) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHubProvider.builder().allowedOrganizations(organization))
        .withMessageContaining("allowedOrganizations");
  }

  @Test
  void secretsAreNotShown() {
    OpenIdProviderBuilder openId = openId().clientSecret("hunter2");
    GitHubProviderBuilder github = GitHubProvider.builder().clientId("id").clientSecret("hunter2");
    assertThat(
            Stream.of(openId, openId.build(), github, github.build())
                .map(Object::toString)
                .toList())
        .noneMatch(text -> text.contains("hunter2"));
  }

  @Test
  void aProviderIsCalledByItsSlotUnlessItHasALabel() {
    IdentityProvider provider = openId().build();
    assertThat(provider.label()).isEqualTo("example");
    assertThat(provider.type()).isEqualTo("oidc");
    assertThat(provider.roles()).isEmpty();
  }

  @Test
  void gitHubsAddressesAreKnown() {
    var provider = GitHubProvider.builder().slot("hub").clientId("id").clientSecret("s").build();
    assertThat(provider.authorizationUri(Browser.request()).toString())
        .startsWith("https://github.com/login/oauth/authorize?");
    assertThat(provider.slot()).isEqualTo("hub");
    assertThat(provider.label()).isEqualTo("GitHub");
  }
}

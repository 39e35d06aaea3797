package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.session.ProviderLogout;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a provider that somebody else has written. */
class MockServerTest {
  private static final String ISSUER = "realm";
  private static final String CLIENT_ID = "taskauth";
  private static final MockOAuth2Server THEM = new MockOAuth2Server();

  private final OpenIdProvider provider = provider(THEM.issuerUrl(ISSUER).uri());

  @BeforeAll
  static void start() {
    THEM.start();
  }

  @AfterAll
  static void stop() {
    THEM.shutdown();
  }

  private static OpenIdProvider provider(URI discoveryUrl) {
    return OpenIdProvider.builder("mock")
        .label(Told.LABEL)
        .discoveryUrl(discoveryUrl)
        .clientId(CLIENT_ID)
        .clientSecret("secret")
        .role("groups", "ops", "admin")
        .build();
  }

  private static void next(String subject, Map<String, Object> claims) {
    THEM.enqueueCallback(
        new DefaultOAuth2TokenCallback(ISSUER, subject, "JWT", List.of(CLIENT_ID), claims, 300));
  }

  @Test
  void theWholeWay() {
    next(
        "ada-1815",
        Map.of(
            "email", "ada@example.org",
            "email_verified", true,
            "name", "Ada Lovelace",
            "groups", List.of("ops"),
            "sid", "s-1"));
    assertThat(Browser.signIn(provider))
        .isEqualTo(
            new ProviderAnswer.Vouched(
                "ada-1815",
                "ada@example.org",
                true,
                "Ada Lovelace",
                new ProviderAnswer.GrantedRole("admin", false),
                "s-1"));
  }

  @Test
  void theDiscoveryAddressDoesAsWell() {
    next("ada-1815", Map.of("email", "a@example.org", "name", "Ada", "groups", "none"));
    assertThat(Told.by(() -> Browser.signIn(provider(THEM.wellKnownUrl(ISSUER).uri()))))
        .isEqualTo("in:ada-1815");
  }

  @Test
  void theVerifierIsChecked() {
    next("ada-1815", Map.of());
    AuthorizationRequest begun = Browser.request();
    AuthorizationRequest another =
        new AuthorizationRequest(
            begun.redirectUri(), begun.state(), begun.nonce(), Browser.request().codeVerifier());
    Map<String, String> brought = Browser.visit(provider.authorizationUri(begun));
    assertThat(Told.by(() -> provider.complete(new AuthorizationResponse(another, brought))))
        .isEqualTo("failed:token_response");
  }

  @Test
  void theNonceIsChecked() {
    next("ada-1815", Map.of());
    AuthorizationRequest begun = Browser.request();
    AuthorizationRequest another =
        new AuthorizationRequest(
            begun.redirectUri(), begun.state(), "another", begun.codeVerifier());
    Map<String, String> brought = Browser.visit(provider.authorizationUri(begun));
    assertThat(Told.by(() -> provider.complete(new AuthorizationResponse(another, brought))))
        .isEqualTo("failed:nonce");
  }

  @Test
  void aLogoutTokenIsUnderstood() {
    assertThat(provider.logout(logoutToken(ISSUER)))
        .isInstanceOfSatisfying(
            LogoutAnswer.Verified.class,
            answer -> {
              assertThat(answer.logout()).isEqualTo(new ProviderLogout("mock", "ada-1815", "s-1"));
              assertThat(answer.tokenId()).isNotBlank();
            });
  }

  @Test
  void aLogoutTokenOfAnotherRealmIsNot() {
    assertThat(Told.logout(() -> provider.logout(logoutToken("another"))))
        .isEqualTo("refused:signature");
  }

  @Test
  void signingOutThere() {
    assertThat(
            provider
                .logoutUri(Told.SESSION, URI.create("https://app.example/"))
                .orElseThrow()
                .toString())
        .startsWith(THEM.endSessionEndpointUrl(ISSUER).toString());
  }

  private static String logoutToken(String issuer) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("aud", CLIENT_ID);
    claims.put("sub", "ada-1815");
    claims.put("sid", "s-1");
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return THEM.anyToken(THEM.issuerUrl(issuer), claims, Duration.ofMinutes(2)).serialize();
  }
}

package io.taskauth.oauth;

import static io.taskauth.oauth.OpenIdStandIn.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.provider.ProviderAnswer.GrantedRole;
import io.taskauth.service.ProviderUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing in at a provider that keeps to the rules, and who is let in. */
class OpenIdProviderTest {
  private static final String ADA = "in:" + SUBJECT;
  private static final URI BACK = URI.create("https://app.example/");

  @AutoClose private final OpenIdStandIn them = new OpenIdStandIn();

  private String told(OpenIdProviderBuilder provider) {
    return Told.by(() -> Browser.signIn(provider.build()));
  }

  private OpenIdProviderBuilder us() {
    return Providers.of(them);
  }

  @Test
  void whoeverSignsInThereIsVouchedFor() {
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(
            new ProviderAnswer.Vouched(
                SUBJECT, "ada@example.org", true, "Ada Lovelace", null, "session-7"));
    assertThat(them.server().hits(OpenIdStandIn.USERINFO)).isZero();
  }

  @Test
  void theBrowserIsSentWithAllThatProtectsTheAnswer() {
    AuthorizationRequest request = Browser.request();
    Browser.visit(us().maxAge(Duration.ofMinutes(10)).build().authorizationUri(request));
    assertThat(them.lastAuthorization())
        .containsEntry("response_type", "code")
        .containsEntry("client_id", OpenIdStandIn.CLIENT_ID)
        .containsEntry("redirect_uri", request.redirectUri().toString())
        .containsEntry("state", request.state())
        .containsEntry("nonce", request.nonce())
        .containsEntry("code_challenge", StandIn.challenge(request.codeVerifier()))
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("scope", "openid email profile")
        .containsEntry("max_age", "600")
        .doesNotContainValue(request.codeVerifier());
  }

  @Test
  void onlyWantedScopesAreAskedFor() {
    Browser.visit(us().scopes("groups").build().authorizationUri(Browser.request()));
    assertThat(them.lastAuthorization()).containsEntry("scope", "openid groups");
  }

  @Test
  void anotherVerifierThanTheOneThatBeganIsRefused() {
    OpenIdProvider provider = us().build();
    Map<String, String> brought = Browser.visit(provider.authorizationUri(Browser.request()));
    assertThat(
            Told.by(() -> provider.complete(new AuthorizationResponse(Browser.request(), brought))))
        .isEqualTo("failed:token_response");
  }

  @Test
  void aCodeIsGoodOnce() {
    OpenIdProvider provider = us().build();
    AuthorizationRequest request = Browser.request();
    var response =
        new AuthorizationResponse(request, Browser.visit(provider.authorizationUri(request)));
    assertThat(Told.by(() -> provider.complete(response))).isEqualTo(ADA);
    assertThat(Told.by(() -> provider.complete(response))).isEqualTo("failed:token_response");
  }

  @Test
  void theClientSaysWhoItIsInTheWayThatTheProviderWants() {
    assertThat(told(us())).isEqualTo(ADA);
    assertThat(told(us().clientSecret("another"))).isEqualTo("failed:token_response");
    them.metadata(
        "token_endpoint_auth_methods_supported", List.of("client_secret_post", "private_key_jwt"));
    assertThat(told(us())).isEqualTo(ADA);
  }

  @Test
  void aPublicClientHasNoSecretToTell() {
    them.publicClient();
    OpenIdProviderBuilder nobody =
        OpenIdProvider.builder("example")
            .label(Told.LABEL)
            .discoveryUrl(them.issuer())
            .clientId(OpenIdStandIn.CLIENT_ID);
    assertThat(told(nobody)).isEqualTo(ADA);
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, denied:access_denied",
    "server_error, outage",
    "temporarily_unavailable, outage",
    "invalid_scope, failed:provider_error",
    "<script>, failed:provider_error"
  })
  void anErrorThatTheBrowserBringsIsTold(String error, String told) {
    var response =
        new AuthorizationResponse(
            Browser.request(), Map.of("error", error, "error_description", "a-secret-of-theirs"));
    assertThat(Told.by(() -> us().build().complete(response))).isEqualTo(told);
    assertThat(them.server().hits(OpenIdStandIn.TOKEN)).isZero();
  }

  @Test
  void theIssuerOfAnAnswerIsChecked() {
    assertThat(broughtBack(Map.of("iss", "https://elsewhere.example"))).isEqualTo("failed:issuer");
    assertThat(broughtBack(Map.of("iss", "https://elsewhere.example", "error", "access_denied")))
        .isEqualTo("failed:issuer");
    assertThat(broughtBack(Map.of("iss", them.issuer().toString()))).isEqualTo(ADA);
    them.metadata("authorization_response_iss_parameter_supported", true);
    assertThat(broughtBack(Map.of())).isEqualTo("failed:issuer");
    them.namesIssuer();
    assertThat(broughtBack(Map.of())).isEqualTo(ADA);
  }

  @Test
  void anAnswerWithoutACodeIsNone() {
    var response = new AuthorizationResponse(Browser.request(), Map.of());
    assertThat(Told.by(() -> us().build().complete(response))).isEqualTo("failed:response");
  }

  private String broughtBack(Map<String, String> more) {
    OpenIdProvider provider = us().build();
    AuthorizationRequest request = Browser.request();
    Map<String, String> brought =
        new LinkedHashMap<>(Browser.visit(provider.authorizationUri(request)));
    brought.putAll(more);
    return Told.by(() -> provider.complete(new AuthorizationResponse(request, brought)));
  }

  static Stream<Arguments> addresses() {
    return Stream.of(
        Arguments.of("ada@example.org", true, ADA),
        Arguments.of("ada@EXAMPLE.ORG", true, ADA),
        Arguments.of("ada@example.org", "true", ADA),
        Arguments.of("ada@example.org", "True", ADA),
        Arguments.of("ada@example.org", false, "denied:email_unverified"),
        Arguments.of("ada@example.org", "false", "denied:email_unverified"),
        Arguments.of("ada@example.org", 1, "denied:email_unverified"),
        Arguments.of("ada@example.org", null, "denied:email_unverified"),
        Arguments.of("ada@sub.example.org", true, "denied:domain"),
        Arguments.of("ada@example.org.evil.example", true, "denied:domain"),
        Arguments.of("ada@notexample.org", true, "denied:domain"),
        Arguments.of("ada@example.org@evil.example", true, "denied:domain"),
        Arguments.of("ada@evil.example,ada@example.org", true, "denied:domain"),
        Arguments.of("ada@bücher.example", true, "denied:domain"),
        Arguments.of("ada@xn--bcher-kva.example", true, ADA),
        // By the JDK's IDN it would be the ASCII domain; in the name system it is another one.
        Arguments.of("ada@example.\u200dorg", true, "denied:domain"),
        Arguments.of("ada@fa\u00df.example", true, "denied:domain"),
        Arguments.of("ada@bucher.example", true, "denied:domain"),
        Arguments.of("ada@" + "x".repeat(200) + ".example", true, "denied:domain"),
        Arguments.of("example.org", true, "denied:domain"),
        Arguments.of(null, true, "denied:domain"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("addresses")
  void withAllowedDomainsTheVerifiedAddressDecides(String email, Object verified, String told) {
    them.claim("email", email).claim("email_verified", verified);
    assertThat(told(us().allowedDomains("Example.org", "xn--bcher-kva.example"))).isEqualTo(told);
  }

  @Test
  void anAddressThatIsNotVerifiedIsHandedOnAsSuch() {
    them.claim("email_verified", null);
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(
            new ProviderAnswer.Vouched(
                SUBJECT, "ada@example.org", false, "Ada Lovelace", null, "session-7"));
  }

  @Test
  void claimsDecideWhoComesIn() {
    OpenIdProviderBuilder us =
        us().requireClaim("groups", "ops")
            .requireClaim("groups", "dev")
            .requireClaim("tenant", "acme");
    them.claim("tenant", "acme").claim("groups", List.of("dev", "other"));
    assertThat(told(us)).isEqualTo(ADA);
    them.claim("groups", "ops");
    assertThat(told(us)).isEqualTo(ADA);
    them.claim("tenant", "another");
    assertThat(told(us)).isEqualTo("denied:claim");
    them.claim("tenant", "acme").claim("groups", List.of("devops"));
    assertThat(told(us)).isEqualTo("denied:claim");
    them.claim("groups", Map.of("ops", true));
    assertThat(told(us)).isEqualTo("denied:claim");
    them.claim("groups", null);
    assertThat(told(us)).isEqualTo("denied:claim");
  }

  @Test
  void theFirstRoleThatFitsIsGranted() {
    OpenIdProviderBuilder us =
        us().role("groups", "ops", "admin").role("groups", "dev", "operator");
    assertThat(us.build().roles()).containsExactlyInAnyOrder("admin", "operator");
    them.claim("groups", List.of("dev", "ops"));
    assertThat(role(us)).isEqualTo(new GrantedRole("admin", false));
    them.claim("groups", "dev");
    assertThat(role(us.rolesAtEachLogin(true))).isEqualTo(new GrantedRole("operator", true));
    them.claim("groups", List.of());
    // Or whoever lost a group would keep its role.
    assertThat(role(us)).isEqualTo(new GrantedRole(null, true));
    assertThat(role(us.rolesAtEachLogin(false))).isNull();
    us.rolesAtEachLogin(true);
    assertThat(role(us.otherwiseRole("viewer"))).isEqualTo(new GrantedRole("viewer", true));
    assertThat(us.build().roles()).contains("viewer");
  }

  private static GrantedRole role(OpenIdProviderBuilder us) {
    return ((ProviderAnswer.Vouched) Browser.signIn(us.build())).role();
  }

  @Test
  void whatTheTokenDoesNotSayIsAskedForOnce() {
    them.claim("email", null).claim("email_verified", null).claim("name", null);
    them.userinfo("email", "ada@example.net").userinfo("email_verified", "TRUE");
    them.userinfo("preferred_username", "ada").userinfo("groups", List.of("dev"));
    assertThat(Browser.signIn(us().role("groups", "dev", "operator").build()))
        .isEqualTo(
            new ProviderAnswer.Vouched(
                SUBJECT,
                "ada@example.net",
                true,
                "ada",
                new GrantedRole("operator", false),
                "session-7"));
    assertThat(them.server().hits(OpenIdStandIn.USERINFO)).isOne();
  }

  @Test
  void whatTheTokenSaysIsNotOverruled() {
    them.claim("groups", List.of("dev")).claim("name", null).claim("email_verified", null);
    them.userinfo("groups", List.of("ops"));
    // Of another address, for all we know.
    them.userinfo("email", "root@example.org").userinfo("email_verified", true);
    ProviderAnswer.Vouched answer =
        (ProviderAnswer.Vouched) Browser.signIn(us().role("groups", "ops", "admin").build());
    assertThat(answer.role()).isNull();
    assertThat(answer.email()).isEqualTo("ada@example.org");
    assertThat(answer.emailVerified()).isFalse();
  }

  @Test
  void somebodyElsesUserinfoIsRefused() {
    them.claim("email", null).userinfo("sub", "eve");
    assertThat(told(us())).isEqualTo("failed:subject");
    them.userinfo("sub", null);
    assertThat(told(us())).isEqualTo("failed:subject");
  }

  @Test
  void withoutUserinfoThereIsNoName() {
    them.claim("email", null).claim("name", null).metadata("userinfo_endpoint", null);
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(new ProviderAnswer.Vouched(SUBJECT, null, false, null, null, "session-7"));
  }

  @Test
  void whenThePersonSignedInThereCounts() {
    long now = Instant.now().getEpochSecond();
    OpenIdProviderBuilder us = us().maxAge(Duration.ofMinutes(10));
    assertThat(told(us)).isEqualTo("failed:auth_time");
    them.claim("auth_time", now - 500);
    assertThat(told(us)).isEqualTo(ADA);
    them.claim("auth_time", now - 700);
    assertThat(told(us)).isEqualTo("failed:auth_time");
    them.claim("auth_time", now + 300);
    assertThat(told(us)).isEqualTo("failed:auth_time");
    them.claim("auth_time", "now");
    assertThat(told(us)).isEqualTo("failed:auth_time");
  }

  @Test
  void signingOutThereToo() {
    URI there = us().build().logoutUri(Told.SESSION, BACK).orElseThrow();
    assertThat(there.toString()).startsWith(them.issuer() + OpenIdStandIn.LOGOUT + "?");
    assertThat(StandIn.parameters(there.getRawQuery()))
        .isEqualTo(
            Map.of(
                "client_id",
                OpenIdStandIn.CLIENT_ID,
                "logout_hint",
                "s-1",
                "post_logout_redirect_uri",
                BACK.toString()));
    assertThat(us().localLogoutOnly().build().logoutUri(Told.SESSION, BACK)).isEmpty();
    them.metadata("end_session_endpoint", null);
    assertThat(us().build().logoutUri(Told.SESSION, BACK)).isEmpty();
    them.metadata("end_session_endpoint", "javascript:alert(1)");
    assertThat(us().build().logoutUri(Told.SESSION, BACK)).isEmpty();
    them.metadata("end_session_endpoint", 7);
    assertThat(us().build().logoutUri(Told.SESSION, BACK)).isEmpty();
    them.server().replace(OpenIdStandIn.DISCOVERY, Misbehaviour.status(500));
    OpenIdProvider provider = us().build();
    assertThatThrownBy(() -> provider.logoutUri(Told.SESSION, BACK))
        .isInstanceOf(ProviderUnavailableException.class);
  }

  @Test
  void googleIsToldTheDomainAndNotBelievedAboutIt() {
    OpenIdProviderBuilder google =
        GoogleProvider.builder()
            .label(Told.LABEL)
            .discoveryUrl(them.issuer())
            .clientId(OpenIdStandIn.CLIENT_ID)
            .clientSecret(OpenIdStandIn.CLIENT_SECRET)
            .allowedDomains("example.com");
    them.claim("hd", "example.com");
    assertThat(told(google)).isEqualTo("denied:domain");
    assertThat(them.lastAuthorization()).containsEntry("hd", "example.com");
    assertThat(told(google.allowedDomains("example.org"))).isEqualTo(ADA);
    assertThat(them.lastAuthorization()).doesNotContainKey("hd");
    assertThat(google.build().slot()).isEqualTo("google");
    assertThat(google.build().type()).isEqualTo("google");
  }
}

package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.taskauth.provider.AuthorizationResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.minidev.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider says about itself, and what of it is believed. */
class OpenIdMetadataTest {
  private static final URI ISSUER = URI.create("https://id.example/realm");

  private static JSONObject metadata() {
    return new JSONObject(
        Map.of(
            "issuer", ISSUER.toString(),
            "authorization_endpoint", ISSUER + "/authorize",
            "token_endpoint", ISSUER + "/token",
            "jwks_uri", ISSUER + "/keys",
            "userinfo_endpoint", ISSUER + "/userinfo",
            "end_session_endpoint", ISSUER + "/logout",
            "subject_types_supported", List.of("public")));
  }

  private static void assertRefused(JSONObject metadata, URI issuer, String reason) {
    assertThatThrownBy(() -> OpenIdMetadata.parse(metadata, issuer))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example/realm/",
        "https://id.example/REALM",
        "https://id.example/",
        "http://id.example/realm",
        "https://id.example:443/realm",
        "https://id.example.evil.example/realm"
      })
  void anIssuerThatIsNotTheOneConfiguredIsAnotherOne(String issuer) {
    JSONObject metadata = metadata();
    metadata.put("issuer", issuer);
    assertRefused(metadata, ISSUER, "issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
        "end_session_endpoint"
      })
  void secretsTravelOverHttpsOnly(String endpoint) {
    for (String uri :
        List.of(
            "http://id.example/x",
            "http://127.0.0.1/x",
            "ftp://id.example/x",
            "https:/x",
            "https://user:password@id.example/x",
            "https://id.example/x#fragment")) {
      JSONObject metadata = metadata();
      metadata.put(endpoint, uri);
      assertThatThrownBy(() -> OpenIdMetadata.parse(metadata, ISSUER))
          .as(uri)
          .isInstanceOf(RefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
  void someEndpointsAreNeeded(String endpoint) {
    JSONObject metadata = metadata();
    metadata.remove(endpoint);
    assertThatThrownBy(() -> OpenIdMetadata.parse(metadata, ISSUER))
        .isInstanceOf(RefusedException.class);
  }

  static Stream<Arguments> algorithms() {
    return Stream.of(
        Arguments.of(null, List.of("RS256")),
        Arguments.of(List.of("none", "HS256", "RS256", "ES384"), List.of("RS256", "ES384")),
        Arguments.of(List.of("PS512", "ES256K", "made-up"), List.of("PS512")));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void signaturesThatBothSidesKnowAreBelieved(List<String> listed, List<String> believed)
      throws RefusedException {
    JSONObject metadata = metadata();
    if (listed != null) {
      metadata.put("id_token_signing_alg_values_supported", listed);
    }
    assertThat(OpenIdMetadata.parse(metadata, ISSUER).algorithms())
        .extracting(JWSAlgorithm::getName)
        .containsExactlyInAnyOrderElementsOf(believed);
  }

  @Test
  void aProviderWithNoneOfThemIsRefused() {
    JSONObject metadata = metadata();
    metadata.put("id_token_signing_alg_values_supported", List.of("none", "HS512"));
    assertRefused(metadata, ISSUER, "algorithm");
  }

  @Test
  void whatIsNoMetadataIsRefused() throws Exception {
    for (String text :
        Arrays.asList("{}", "{\"issuer\":7}", "{\"issuer\":\"https://id.example/realm\"}")) {
      assertRefused(JSONObjectUtils.parse(text), ISSUER, "metadata");
    }
  }

  @Test
  void metadataOfAnotherIssuerStopsASignInThatHasBegun() {
    try (OpenIdStandIn them = new OpenIdStandIn().metadata("issuer", "https://id.example")) {
      OpenIdProvider provider = Providers.of(them).build();
      var response = new AuthorizationResponse(Browser.request(), Map.of("code", "code-1"));
      assertThat(Told.by(() -> provider.complete(response))).isEqualTo("failed:issuer");
      assertThatThrownBy(() -> provider.authorizationUri(Browser.request()))
          .hasMessage(Told.LABEL + " is not available: refused metadata: issuer");
      assertThat(them.server().hits(OpenIdStandIn.TOKEN)).isZero();
    }
  }

  @Test
  void theIssuerFollowsFromItsDiscoveryAddress() {
    assertThat(
            OpenIdSettings.issuerOf(
                URI.create("https://id.example/realm/.well-known/openid-configuration")))
        .isEqualTo(ISSUER);
    assertThat(OpenIdSettings.issuerOf(ISSUER)).isEqualTo(ISSUER);
    URI slash = URI.create("https://id.example/");
    assertThat(OpenIdSettings.issuerOf(slash)).isEqualTo(slash);
  }
}

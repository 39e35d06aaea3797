package io.taskauth.oauth;

import static io.taskauth.oauth.OpenIdStandIn.CLIENT_ID;
import static io.taskauth.oauth.OpenIdStandIn.KEY;
import static io.taskauth.oauth.OpenIdStandIn.OTHER_KEY;
import static io.taskauth.oauth.OpenIdStandIn.header;
import static io.taskauth.oauth.OpenIdStandIn.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.minidev.json.JSONValue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ID tokens that are not what they ought to be, and some that only look so. */
class HostileTokenTest {
  private static final long NOW = Instant.now().getEpochSecond();
  private static final String ADA = "in:" + OpenIdStandIn.SUBJECT;

  @AutoClose private final OpenIdStandIn them = new OpenIdStandIn();
  @AutoClose private final StandIn canary = new StandIn();

  private static Arguments row(String name, String told, Consumer<OpenIdStandIn> doing) {
    return Arguments.of(name, told, doing);
  }

  private static Arguments claim(String name, Object value, String told) {
    String what = name + " " + value;
    return row(
        what.substring(0, Math.min(what.length(), 60)), told, them -> them.claim(name, value));
  }

  static Stream<Arguments> tokens() {
    return Stream.of(
        claim("iss", "https://elsewhere.example", "failed:issuer"),
        claim("iss", null, "failed:issuer"),
        row("iss with a slash", "failed:issuer", them -> them.claim("iss", them.issuer() + "/")),
        claim("aud", "another", "failed:audience"),
        claim("aud", null, "failed:audience"),
        claim("aud", List.of("another", "more"), "failed:audience"),
        claim("aud", List.of(CLIENT_ID, "another"), "failed:authorized_party"),
        claim("aud", List.of(CLIENT_ID), ADA),
        claim("azp", "another", "failed:authorized_party"),
        claim("azp", 7, "failed:authorized_party"),
        claim("azp", CLIENT_ID, ADA),
        row(
            "two audiences, azp is us",
            ADA,
            them -> them.claim("aud", List.of(CLIENT_ID, "another")).claim("azp", CLIENT_ID)),
        claim("nonce", null, "failed:nonce"),
        claim("nonce", "another", "failed:nonce"),
        claim("nonce", List.of("another"), "failed:nonce"),
        claim("exp", null, "failed:expired"),
        claim("exp", NOW - 70, "failed:expired"),
        claim("exp", NOW - 40, ADA),
        claim("exp", "tomorrow", "failed:token"),
        claim("iat", null, "failed:issued_at"),
        claim("iat", NOW + 90, "failed:issued_at"),
        claim("iat", NOW + 40, ADA),
        claim("nbf", NOW + 90, "failed:not_before"),
        claim("nbf", NOW + 40, ADA),
        claim("sub", null, "failed:subject"),
        claim("sub", "", "failed:subject"),
        claim("sub", 7, "failed:subject"),
        claim("sub", "a".repeat(256), "failed:subject"),
        claim("sub", "ada lovelace", "failed:subject"),
        claim("sub", "ada\n", "failed:subject"),
        claim("sub", "adä", "failed:subject"),
        claim("padding", "x".repeat(17_000), "failed:response_too_large"),
        row(
            "signed by another key under the known name",
            "failed:signature",
            them -> them.signer(c -> signed(header(KEY), c, OTHER_KEY))),
        row(
            "signed by an unknown key",
            "failed:signature",
            them -> them.signer(c -> signed(header(OTHER_KEY), c, OTHER_KEY))),
        row("no signature", "failed:algorithm", HostileTokenTest::unsigned),
        row("HS256 with the public key", "failed:algorithm", HostileTokenTest::confused),
        row(
            "an algorithm that the provider does not list",
            "failed:algorithm",
            them ->
                them.signer(
                    c ->
                        signed(
                            new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first").build(),
                            c,
                            KEY))),
        row(
            "a token of another type",
            "failed:type",
            them ->
                them.signer(
                    c ->
                        signed(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(new JOSEObjectType("logout+jwt"))
                                .keyID("first")
                                .build(),
                            c,
                            KEY))),
        row("the signature cut off", "failed:token_response", them -> them.signer(c -> "a.b")),
        row("no token at all", "failed:token_response", them -> them.signer(c -> "a.b.c")),
        row("a claim nested deeply", "failed:token", them -> them.signer(HostileTokenTest::nested)),
        row(
            "a key without a name",
            ADA,
            them ->
                them.signer(
                    c -> signed(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), c, KEY))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tokens")
  void onlyTheTokenThatOughtToComeIsBelieved(
      String name, String told, Consumer<OpenIdStandIn> doing) {
    doing.accept(them);
    assertThat(Told.by(() -> Browser.signIn(Providers.of(them).build()))).isEqualTo(told);
  }

  @Test
  void keysThatATokenBringsOrPointsToAreNotLookedAt() {
    canary.serve("/", exchange -> StandIn.json(exchange, 200, Map.of("keys", List.of())));
    URI trap = URI.create(canary.uri() + "/keys");
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .jwkURL(trap)
            .x509CertURL(trap)
            .jwk(OTHER_KEY.toPublicJWK())
            .build();
    them.signer(c -> signed(header, c, OTHER_KEY));

    assertThat(Told.by(() -> Browser.signIn(Providers.of(them).build())))
        .isEqualTo("failed:signature");
    assertThat(canary.hits("/")).isZero();
  }

  private static void unsigned(OpenIdStandIn them) {
    them.metadata("id_token_signing_alg_values_supported", List.of("RS256", "none"));
    them.signer(c -> base64("{\"alg\":\"none\"}") + "." + base64(JSONValue.toJSONString(c)) + ".");
  }

  private static void confused(OpenIdStandIn them) {
    them.metadata("id_token_signing_alg_values_supported", List.of("RS256", "HS256"));
    them.signer(
        c -> {
          try {
            JWSObject token =
                new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
                    new Payload(c));
            token.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
            return token.serialize();
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static String nested(Map<String, Object> claims) {
    String text = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    return base64("{\"alg\":\"RS256\"}") + "." + base64(text) + "." + base64("signature");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

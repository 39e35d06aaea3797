package io.taskauth.oauth;

import static io.taskauth.oauth.OpenIdStandIn.KEY;
import static io.taskauth.oauth.OpenIdStandIn.OTHER_KEY;
import static io.taskauth.oauth.OpenIdStandIn.SUBJECT;
import static io.taskauth.oauth.OpenIdStandIn.header;
import static io.taskauth.oauth.OpenIdStandIn.logoutHeader;
import static io.taskauth.oauth.OpenIdStandIn.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.session.ProviderLogout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sign-outs that a provider orders (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
class LogoutTokenTest {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private final MutableClock clock = new MutableClock();
  @AutoClose private final OpenIdStandIn them = new OpenIdStandIn();
  private final OpenIdProvider provider = Providers.of(them).clock(clock).build();
  private final Map<String, Object> claims = them.at(clock.instant()).goodLogout();

  private String told(String token) {
    return Told.logout(() -> provider.logout(token));
  }

  private static Arguments row(String claim, Object value, String told) {
    return Arguments.of(claim, value, told);
  }

  static Stream<Arguments> claims() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        row("iss", "https://elsewhere.example", "refused:issuer"),
        row("iss", null, "refused:issuer"),
        row("aud", "another", "refused:audience"),
        row("aud", List.of("another", OpenIdStandIn.CLIENT_ID), "out"),
        row("aud", null, "refused:audience"),
        row("exp", null, "refused:expired"),
        row("exp", now - 90, "refused:expired"),
        row("iat", null, "refused:issued_at"),
        row("iat", now + 120, "refused:issued_at"),
        row("iat", now - 3700, "refused:issued_at"),
        row("jti", null, "refused:claims"),
        row("jti", " ", "refused:claims"),
        row("jti", "j".repeat(256), "refused:claims"),
        row("events", null, "refused:claims"),
        row("events", EVENT, "refused:claims"),
        row("events", Map.of("another", Map.of()), "refused:claims"),
        row("events", Map.of(EVENT, "yes"), "refused:claims"),
        row("nonce", "any", "refused:claims"),
        row("sid", 7, "refused:claims"),
        row("sid", "s".repeat(256), "refused:claims"),
        row("sub", "ada lovelace", "refused:subject"),
        row("sub", 7, "refused:subject"),
        row("padding", "x".repeat(17_000), "refused:response_too_large"),
        row("sid", null, "out"),
        row("sub", null, "out"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("claims")
  void onlyATokenThatSaysAllIsObeyed(String claim, Object value, String told) {
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    assertThat(told(signed(logoutHeader(KEY), claims, KEY))).isEqualTo(told);
  }

  @Test
  void neitherSubjectNorSessionIsNobody() {
    claims.keySet().removeAll(List.of("sub", "sid"));
    assertThat(told(signed(logoutHeader(KEY), claims, KEY))).isEqualTo("refused:claims");
  }

  @Test
  void whatItSaysIsHandedOn() {
    assertThat(provider.logout(signed(logoutHeader(KEY), claims, KEY)))
        .isEqualTo(
            new LogoutAnswer.Verified(
                new ProviderLogout("example", SUBJECT, "session-7"),
                (String) claims.get("jti"),
                clock.instant().plusSeconds(180)));
  }

  @Test
  void itIsNotToBeRememberedForEver() {
    claims.put("exp", clock.instant().plus(Duration.ofDays(3650)).getEpochSecond());
    String token = signed(logoutHeader(KEY), claims, KEY);
    LogoutAnswer.Verified answer = (LogoutAnswer.Verified) provider.logout(token);
    assertThat(answer.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    clock.advance(Duration.ofHours(1));
    assertThat(told(token)).isEqualTo("refused:issued_at");
  }

  @Test
  void onceItHasEndedItIsRefused() {
    String token = signed(logoutHeader(KEY), claims, KEY);
    clock.advance(Duration.ofSeconds(180));
    assertThat(told(token)).isEqualTo("refused:expired");
  }

  @Test
  void anIdTokenIsNone() {
    assertThat(told(signed(header(KEY), them.goodClaims("n"), KEY))).isEqualTo("refused:claims");
  }

  @Test
  void aTokenWithoutATypeOrWithThatOfAnyTokenIsOfAnOlderProvider() {
    assertThat(told(signed(header(KEY), claims, KEY))).isEqualTo("out");
    assertThat(told(signed(typed("JWT"), claims, KEY))).isEqualTo("out");
    assertThat(told(signed(typed("at+jwt"), claims, KEY))).isEqualTo("refused:type");
  }

  @Test
  void whatIsNotSignedByTheProviderIsRefused() {
    String good = signed(logoutHeader(KEY), claims, KEY);
    assertThat(told(signed(logoutHeader(KEY), claims, OTHER_KEY))).isEqualTo("refused:signature");
    assertThat(told("eyJhbGciOiJub25lIn0.e30.")).isEqualTo("refused:algorithm");
    assertThat(told(good.substring(0, good.lastIndexOf('.') + 1))).startsWith("refused:");
    assertThat(told("")).isEqualTo("refused:token");
    assertThat(told("...")).isEqualTo("refused:token");
  }

  @Test
  void anOutageIsNoRefusal() {
    them.server().replace(OpenIdStandIn.KEYS, Misbehaviour.status(500));
    assertThat(told(signed(logoutHeader(KEY), claims, KEY))).isEqualTo("outage");
  }

  private static JWSHeader typed(String type) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256)
        .type(new JOSEObjectType(type))
        .keyID("first")
        .build();
  }
}

package io.taskauth.oauth;

import static io.taskauth.oauth.OpenIdStandIn.DISCOVERY;
import static io.taskauth.oauth.OpenIdStandIn.KEYS;
import static io.taskauth.oauth.OpenIdStandIn.TOKEN;
import static io.taskauth.oauth.OpenIdStandIn.USERINFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.service.ProviderUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import net.minidev.json.JSONValue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of a provider's endpoints, doing each thing that it should not. */
class HostileEndpointTest {
  private static final Duration HASTY = Duration.ofMillis(300);

  @AutoClose private final OpenIdStandIn them = new OpenIdStandIn();
  @AutoClose private final StandIn canary = new StandIn();

  private enum Answer {
    REDIRECT("failed:redirect", null),
    MEGABYTES("failed:response_too_large", Misbehaviour.megabytes()),
    DRIP("outage", Misbehaviour.drip()),
    NESTED("failed:response", Misbehaviour.nested()),
    INVALID_UTF8("failed:response", Misbehaviour.invalidUtf8()),
    HTML("failed:response", Misbehaviour.html()),
    ANOTHER_TYPE("failed:response", Misbehaviour.text("{}")),
    AN_ARRAY("failed:response", Misbehaviour.json("[]")),
    NOTHING("failed:response", Misbehaviour.json("")),
    HALF("failed:response", Misbehaviour.json("{\"a\":")),
    NOT_FOUND("failed:response", Misbehaviour.status(404)),
    BUSY("outage", Misbehaviour.status(429)),
    BROKEN("outage", Misbehaviour.status(500)),
    OVERLOADED("outage", Misbehaviour.status(503)),
    HANGUP("outage", exchange -> exchange.close());

    final String told;
    final HttpHandler handler;

    Answer(String told, HttpHandler handler) {
      this.told = told;
      this.handler = handler;
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(DISCOVERY, TOKEN, KEYS, USERINFO)
        .flatMap(path -> Stream.of(Answer.values()).map(answer -> Arguments.of(path, answer)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("all")
  void noAnswerOfAnyEndpointMakesASession(String path, Answer answer) {
    canary.serve("/", Misbehaviour.json("{}"));
    them.claim("email", null);
    them.server()
        .replace(
            path, answer == Answer.REDIRECT ? Misbehaviour.redirect(canary.uri()) : answer.handler);

    // Where the token endpoint is concerned, Nimbus is the one to read the answer.
    String told =
        path.equals(TOKEN) && answer.told.equals("failed:response")
            ? answer == Answer.INVALID_UTF8 ? answer.told : "failed:token_response"
            : answer.told;
    Duration deadline = answer == Answer.DRIP ? HASTY : ProviderHttp.DEADLINE;
    assertThat(complete(deadline)).isEqualTo(told);
    assertThat(canary.hits("/")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void withoutMetadataNobodyIsSentAnywhere(Answer answer) {
    them.server()
        .replace(
            DISCOVERY,
            answer == Answer.REDIRECT ? Misbehaviour.redirect(canary.uri()) : answer.handler);
    Duration deadline = answer == Answer.DRIP ? HASTY : ProviderHttp.DEADLINE;
    OpenIdProvider provider = Providers.of(them).deadline(deadline).build();
    assertThatThrownBy(() -> provider.authorizationUri(Browser.request()))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining(Told.LABEL)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_endpoint", "jwks_uri", "userinfo_endpoint"})
  void anEndpointThatRefusesTheConnectionIsAnOutage(String endpoint) throws IOException {
    them.claim("email", null).metadata(endpoint, closed() + "/");
    assertThat(complete()).isEqualTo("outage");
  }

  @Test
  void aProviderThatRefusesTheConnectionIsAnOutage() throws IOException {
    OpenIdProvider provider = Providers.of(them).discoveryUrl(closed()).build();
    assertThatThrownBy(() -> provider.authorizationUri(Browser.request()))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining(Told.LABEL);
    assertThat(
            Told.by(
                () ->
                    provider.complete(
                        new AuthorizationResponse(Browser.request(), Map.of("code", "code-1")))))
        .isEqualTo("outage");
  }

  @Test
  void aThousandKeysAreTooMany() {
    them.server().replace(KEYS, Misbehaviour.json(manyKeys(1000)));
    assertThat(complete()).isEqualTo("failed:response_too_large");
  }

  @Test
  void aHundredKeysAreNot() {
    them.server().replace(KEYS, Misbehaviour.json(manyKeys(100)));
    assertThat(complete()).isEqualTo("in:" + OpenIdStandIn.SUBJECT);
  }

  @Test
  void keysAreSmallerThanOtherThings() {
    String padding = "{\"padding\":\"" + "x".repeat(600_000) + "\",\"keys\":[]}";
    them.server().replace(KEYS, Misbehaviour.json(padding));
    assertThat(complete()).isEqualTo("failed:response_too_large");
  }

  private static String manyKeys(int count) {
    String key = JSONValue.toJSONString(OpenIdStandIn.KEY.toPublicJWK().toJSONObject());
    String keys =
        Stream.iterate(1, i -> i + 1)
            .limit(count - 1)
            .map(i -> key.replace("first", "k" + i))
            .reduce(key, (a, b) -> a + "," + b);
    return "{\"keys\":[" + keys + "]}";
  }

  private String complete() {
    return complete(ProviderHttp.DEADLINE);
  }

  /** The provider may have been good when the sign-in began, so the browser goes its own way. */
  private String complete(Duration deadline) {
    OpenIdProvider provider = Providers.of(them).deadline(deadline).build();
    var request = Browser.request();
    Map<String, String> brought = Browser.visit(Providers.authorizationUri(them, request));
    return Told.by(() -> provider.complete(new AuthorizationResponse(request, brought)));
  }

  private static URI closed() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}

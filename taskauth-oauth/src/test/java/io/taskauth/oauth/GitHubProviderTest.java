package io.taskauth.oauth;

import static io.taskauth.oauth.GitHubStandIn.EMAILS;
import static io.taskauth.oauth.GitHubStandIn.MEMBERS;
import static io.taskauth.oauth.GitHubStandIn.TOKEN;
import static io.taskauth.oauth.GitHubStandIn.USER;
import static io.taskauth.oauth.GitHubStandIn.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with GitHub. */
class GitHubProviderTest {
  private static final String ADA = "in:1815";

  @AutoClose private final GitHubStandIn them = new GitHubStandIn();

  private GitHubProviderBuilder us() {
    return GitHubProvider.builder()
        .label(Told.LABEL)
        .clientId(GitHubStandIn.CLIENT_ID)
        .clientSecret(GitHubStandIn.CLIENT_SECRET)
        .baseUrl(them.uri());
  }

  private String told(GitHubProviderBuilder us) {
    return Told.by(() -> Browser.signIn(us.build()));
  }

  @Test
  void whoeverSignsInThereIsKnownByTheirNumber() {
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(
            new ProviderAnswer.Vouched(
                "1815", "ada@example.org", true, "Ada Lovelace", null, null));
    them.user("{\"id\":1815,\"login\":\"countess\",\"name\":null}");
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(
            new ProviderAnswer.Vouched("1815", "ada@example.org", true, "countess", null, null));
    assertThat(them.lastScope()).isEqualTo("read:user user:email");
    assertThat(them.server().hits(MEMBERS)).isZero();
  }

  @Test
  void onlyAPrimaryVerifiedAddressCounts() {
    them.emails(email("a@example.org", true, false), email("b@example.org", false, true));
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(new ProviderAnswer.Vouched("1815", null, false, "Ada Lovelace", null, null));
    them.emails();
    assertThat(Browser.signIn(us().build()))
        .isEqualTo(new ProviderAnswer.Vouched("1815", null, false, "Ada Lovelace", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "204, in:1815",
    "302, denied:organization",
    "404, denied:organization",
    "200, outage",
    "401, outage",
    "403, outage",
    "429, outage",
    "500, outage"
  })
  void onlyAMemberComesIn(int status, String told) {
    them.member("acme/ada", status);
    assertThat(told(us().allowedOrganizations("acme"))).isEqualTo(told);
    assertThat(them.lastScope()).isEqualTo("read:user user:email read:org");
  }

  @Test
  void oneOrganizationOfSeveralIsEnough() {
    them.member("second/ada", 204);
    assertThat(told(us().allowedOrganizations("first", "second", "third"))).isEqualTo(ADA);
  }

  @Test
  void aLoginStaysInItsPartOfTheAddress() {
    them.user("{\"id\":1815,\"login\":\"../../x/members/ada?a=b #\"}");
    them.member("acme/..%2F..%2Fx%2Fmembers%2Fada%3Fa%3Db%20%23", 204);
    assertThat(told(us().allowedOrganizations("acme"))).isEqualTo(ADA);
    for (String dots : new String[] {".", ".."}) {
      them.user("{\"id\":1815,\"login\":\"" + dots + "\"}");
      assertThat(told(us().allowedOrganizations("acme"))).isEqualTo("failed:response");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, in:9007199254740993",
    "9223372036854775807, in:9223372036854775807",
    "9223372036854775808, failed:subject",
    "99999999999999999999999999999, failed:subject",
    "1e3, failed:subject",
    "1815.0, failed:subject",
    "0, failed:subject",
    "-1, failed:subject",
    "true, failed:subject",
    "null, failed:subject",
    "'\"1815\"', failed:subject"
  })
  void aNumberIsTakenExactlyOrNotAtAll(String id, String told) {
    them.user("{\"id\":" + id + ",\"login\":\"ada\"}");
    assertThat(told(us())).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":1815}", "{\"id\":1815,\"login\":7}", "[]", "", "{\"id"})
  void aPersonThatIsNoneIsRefused(String json) {
    them.user(json);
    assertThat(told(us())).startsWith("failed:");
  }

  static Stream<Arguments> misbehaviour() {
    return Stream.of(TOKEN, USER, EMAILS, MEMBERS)
        .flatMap(
            path ->
                Stream.of(
                    Arguments.of(path, "failed:response_too_large", Misbehaviour.megabytes()),
                    Arguments.of(path, "outage", Misbehaviour.drip()),
                    Arguments.of(path, "outage", Misbehaviour.status(500)),
                    Arguments.of(path, "outage", Misbehaviour.status(429)),
                    Arguments.of(path, "outage", exchangeClosed()),
                    Arguments.of(path, "failed:redirect", elsewhere()),
                    Arguments.of(path, "failed:response", Misbehaviour.nested()),
                    Arguments.of(path, "failed:response", Misbehaviour.html()),
                    Arguments.of(path, "failed:response", Misbehaviour.invalidUtf8()),
                    Arguments.of(path, "failed:response", Misbehaviour.status(404))));
  }

  private static com.sun.net.httpserver.HttpHandler exchangeClosed() {
    return exchange -> exchange.close();
  }

  private static com.sun.net.httpserver.HttpHandler elsewhere() {
    return Misbehaviour.redirect(URI.create("http://127.0.0.1:1/"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("misbehaviour")
  void noAnswerOfAnyEndpointMakesASession(
      String path, String told, com.sun.net.httpserver.HttpHandler handler) {
    them.member("acme/ada", 204).server().replace(path, handler);
    GitHubProviderBuilder us = us().allowedOrganizations("acme");
    if (told.equals("outage")) {
      us.deadline(Duration.ofMillis(500));
    }
    String came = told(us);
    assertThat(came).doesNotStartWith("in:");
    // Nimbus reads the token's answer; of a member's the status alone counts.
    if (path.equals(TOKEN) && told.equals("failed:response")) {
      assertThat(came).isIn("failed:token_response", told);
    } else if (!path.equals(MEMBERS)) {
      assertThat(came).isEqualTo(told);
    }
  }

  @Test
  void anErrorWithStatus200IsAnError() {
    assertThat(told(us().clientSecret("another"))).isEqualTo("failed:token_response");
    var response =
        new AuthorizationResponse(Browser.request(), Map.of("code", "code-of-somebody-else"));
    assertThat(Told.by(() -> us().build().complete(response))).isEqualTo("failed:token_response");
  }

  @Test
  void anotherVerifierThanTheOneThatBeganIsRefused() {
    GitHubProvider provider = us().build();
    Map<String, String> brought = Browser.visit(provider.authorizationUri(Browser.request()));
    var response = new AuthorizationResponse(Browser.request(), brought);
    assertThat(Told.by(() -> provider.complete(response))).isEqualTo("failed:token_response");
  }

  @Test
  void anErrorThatTheBrowserBringsIsTold() {
    assertThat(brought(Map.of("error", "access_denied"))).isEqualTo("denied:access_denied");
    assertThat(brought(Map.of("error", "server_error"))).isEqualTo("outage");
    assertThat(brought(Map.of("error", "redirect_uri_mismatch")))
        .isEqualTo("failed:provider_error");
    assertThat(brought(Map.of())).isEqualTo("failed:response");
  }

  private String brought(Map<String, String> parameters) {
    var response = new AuthorizationResponse(Browser.request(), parameters);
    return Told.by(() -> us().build().complete(response));
  }

  @Test
  void itKnowsNoLogout() {
    GitHubProvider provider = us().build();
    assertThat(provider.logout("token")).isEqualTo(new LogoutAnswer.Refused("unsupported"));
    assertThat(provider.logoutUri(Told.SESSION, them.uri())).isEmpty();
    assertThat(provider.type()).isEqualTo("github");
    assertThat(provider.slot()).isEqualTo("github");
  }
}

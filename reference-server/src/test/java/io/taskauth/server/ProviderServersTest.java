package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.oauth.OpenIdStandIn;
import io.taskauth.testkit.Race;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People sign in with a provider, and two servers share one store. */
class ProviderServersTest {
  private static final String KEY = "Zm9yIHRlc3RzIG9ubHksIGFuZCBmb3IgYm90aCBzZXJ2ZXJz";

  private final OpenIdStandIn provider = new OpenIdStandIn();
  private RunningServer one;
  private RunningServer two;

  private void start(SharedStores store) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "TASKAUTH_STORE",
                store.freshAddress(),
                "TASKAUTH_SECRET_KEY",
                KEY,
                "TASKAUTH_OAUTH_FIRST_USER_ADMIN",
                "true",
                "TASKAUTH_PASSWORD_LOGIN",
                "false",
                "TASKAUTH_OAUTH_OIDC_PROVIDERS",
                "corp",
                "TASKAUTH_OAUTH_OIDC_CORP_DISCOVERY_URL",
                provider.issuer().toString(),
                "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_ID",
                OpenIdStandIn.CLIENT_ID,
                "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_SECRET",
                OpenIdStandIn.CLIENT_SECRET));
    one = RunningServer.start(settings);
    two = RunningServer.start(settings);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    provider.close();
  }

  @ParameterizedTest
  @EnumSource
  void leavesFromOneComesBackToTheOtherAndIsSignedOutOfBothByTheProvider(SharedStores store)
      throws Exception {
    start(store);
    provider.claim("email", "ada@example.org").claim("email_verified", true).claim("sid", "s-1");
    ProviderWalk walk = ProviderWalk.to(one, "corp", "/dashboard");
    HttpResponse<String> in = walk.back(two);
    assertThat(in.headers().firstValue("Location")).contains("/dashboard");
    String session = ProviderWalk.cookie(in, "taskauth_session");
    assertThat(one.get("/api/auth/whoami", "Cookie", session).body())
        .contains("corp:" + OpenIdStandIn.SUBJECT, "\"role\":\"admin\"", "ada@example.org");
    // The state is used up on both.
    assertThat(walk.back(one).headers().firstValue("Location").orElseThrow())
        .contains("error=oauth_state_invalid");

    int asked = provider.server().hits(OpenIdStandIn.TOKEN);
    Map<String, Object> logout = provider.goodLogout();
    logout.put("sid", "s-1");
    String token =
        OpenIdStandIn.signed(
            OpenIdStandIn.logoutHeader(OpenIdStandIn.KEY), logout, OpenIdStandIn.KEY);
    HttpResponse<String> told =
        one.postForm(
            "/api/auth/oauth/backchannel-logout/corp",
            "logout_token=" + URLEncoder.encode(token, UTF_8));
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    assertThat(one.get("/dashboard", "Cookie", session).statusCode()).isNotEqualTo(200);
    long end = System.nanoTime() + 10_000_000_000L;
    while (two.get("/dashboard", "Cookie", session).statusCode() == 200) {
      assertThat(System.nanoTime()).as("dead on the other node, too").isLessThan(end);
    }
    assertThat(provider.server().hits(OpenIdStandIn.TOKEN)).isEqualTo(asked);
  }

  @ParameterizedTest
  @EnumSource
  void firstSignInsAtOnceMakeOneAccountAndOneAdministrator(SharedStores store) throws Exception {
    start(store);
    provider.claim("email", "ada@example.org").claim("email_verified", true);
    List<Integer> answers =
        Race.of(
            8,
            i -> {
              RunningServer server = i % 2 == 0 ? one : two;
              HttpResponse<String> in = ProviderWalk.to(server, "corp", "/").back(server);
              String session = ProviderWalk.cookie(in, "taskauth_session");
              return server.get("/api/auth/users", "Cookie", session).statusCode();
            });
    assertThat(answers).containsOnly(200);
    HttpResponse<String> in = ProviderWalk.to(one, "corp", "/").back(one);
    String users =
        one.get("/api/auth/users", "Cookie", ProviderWalk.cookie(in, "taskauth_session")).body();
    assertThat(users.split("\"username\"", -1)).as(users).hasSize(2);
  }
}

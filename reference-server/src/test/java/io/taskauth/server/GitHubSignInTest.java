package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.oauth.GitHubStandIn;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the variables of an operator to the account of somebody who has one at GitHub. */
class GitHubSignInTest {
  private final GitHubStandIn github = new GitHubStandIn();
  private RunningServer server;

  @BeforeEach
  void start() {
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.put("TASKAUTH_OAUTH_GITHUB_CLIENT_ID", GitHubStandIn.CLIENT_ID);
    settings.put("TASKAUTH_OAUTH_GITHUB_CLIENT_SECRET", GitHubStandIn.CLIENT_SECRET);
    settings.put("TASKAUTH_OAUTH_GITHUB_BASE_URL", github.uri().toString());
    settings.put("TASKAUTH_OAUTH_GITHUB_ALLOWED_ORGS", "acme,initech");
    settings.put("TASKAUTH_OAUTH_ADMIN_EMAILS", "Ada@example.ORG");
    server = RunningServer.start(settings);
  }

  @AfterEach
  void stop() {
    server.close();
    github.close();
  }

  private String comesBackTo() throws Exception {
    HttpResponse<String> back = ProviderWalk.to(server, "github", "/dashboard").back(server);
    return back.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void memberOfAnyOfTheOrganizationsComesIn() throws Exception {
    github.member("acme/ada", 302).member("initech/ada", 204);
    HttpResponse<String> in = ProviderWalk.to(server, "github", "/dashboard").back(server);
    assertThat(in.headers().firstValue("Location")).contains("/dashboard");
    String session = ProviderWalk.cookie(in, "taskauth_session");
    assertThat(server.get("/api/auth/whoami", "Cookie", session).body())
        .contains("\"github:1815\"", "ada@example.org", "Ada Lovelace", "\"role\":\"admin\"");
    assertThat(github.lastScope()).contains("read:org");
  }

  @Test
  void othersStayOutsideAndAnOutageIsOne() throws Exception {
    assertThat(comesBackTo()).contains("error=oauth_denied&slot=github");
    github.member("acme/ada", 302).member("initech/ada", 302);
    assertThat(comesBackTo()).contains("error=oauth_denied&slot=github");
    github.member("acme/ada", 500);
    assertThat(comesBackTo()).contains("error=provider_unavailable&slot=github");
    assertThat(server.get("/api/auth/audit", server.bearer("root")).body())
        .contains("\"reason\":\"organization\"", "github:1815", "\"reason\":\"unavailable\"");
  }
}

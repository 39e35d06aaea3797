package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token with scopes may do in the host; a host that splits raw segments itself. */
class TokenScopeTest {
  private static Site site;

  @BeforeAll
  static void start() {
    site =
        Site.special(
            Mount.ROOT,
            (mount, auth) -> {
              WebOptions options =
                  HostApp.options(mount)
                      .allowEncodedSlash()
                      .tokenScopes("deploy", "report", "read")
                      .requireScope("deploy", "/deploy/*")
                      .requireScope("report", "/public/reports/*")
                      .requireScope("report", "/things/*", "POST");
              try {
                return JettyContainer.withEncodedSlashes("", new TaskAuthFilter(auth, options));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  private static String[] scopes(String list) {
    return list == null ? new String[0] : list.split(" ");
  }

  @ParameterizedTest
  @CsvSource({
    "read, POST, /jobs, ",
    "read, PUT, /jobs, ",
    "read, DELETE, /jobs, ",
    "read, PATCH, /jobs, ",
    "read, GET, /deploy/x, deploy",
    "read, POST, /deploy/x, deploy",
    "read, POST, /deploy, deploy",
    "report, GET, /deploy/x, deploy",
    "report, HEAD, /deploy/x, deploy",
    "report, OPTIONS, /deploy/x, deploy",
    "read admin, POST, /deploy/x, deploy",
    "read deploy, POST, /jobs, ",
    "read deploy, POST, /things/x, report",
    "deploy, POST, /things/x, report",
    "report, GET, /deploy%2Fx, deploy",
    "report, GET, /deploy/a%2Fb, deploy",
    "report, GET, /%64eploy/x, deploy",
    "report, GET, /jobs/../deploy/x, deploy",
    "report, GET, /deploy;a=b/x, deploy"
  })
  void scopeIsTooSmall(String scopes, String method, String path, String required) {
    Answer answer =
        site.call(method, path).bearer(site.token("olga", scopes(scopes)).secret()).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(403);
    assertThat(answer.isFromHost()).isFalse();
    String limit = required == null ? "" : ", scope=\"" + required + "\"";
    assertThat(answer.headers("WWW-Authenticate"))
        .containsExactly("Bearer error=\"insufficient_scope\"" + limit);
    if (!method.equals("HEAD")) {
      assertThat(answer.error()).isEqualTo("insufficient_scope");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/jobs%2F..%2Fdeploy%2Fx", "/jobs/..%2Fdeploy/x", "/deploy%252Fx", "//deploy/x"})
  void pathOfTwoReadingsIsNoWayRound(String path) {
    Answer answer = site.get(path).bearer(site.token("olga", "report").secret()).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "read, GET, /jobs",
        "read, HEAD, /jobs",
        "read, OPTIONS, /jobs",
        "read, GET, /things/x",
        "read report, POST, /things/x",
        "deploy, POST, /deploy/x",
        "deploy, GET, /deploy/a%2Fb",
        "deploy, POST, /jobs",
        "read deploy, POST, /deploy/x",
        "-, POST, /deploy/x",
        "-, POST, /things/x",
        "admin, POST, /jobs"
      })
  void scopeIsEnough(String scopes, String method, String path) {
    Answer answer =
        site.call(method, path).bearer(site.token("olga", scopes(scopes)).secret()).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  @Test
  void sessionsAreNotLimited() {
    for (String path : List.of("/deploy/x", "/things/x", "/jobs")) {
      assertThat(site.post(path).meantBy(site.known("vera")).send().isFromHost()).isTrue();
      assertThat(site.post(path).bearer(site.known("vera").token()).send().isFromHost()).isTrue();
    }
  }

  @Test
  void scopeGivesNoMoreThanTheRole() {
    String token = site.token("vera", "admin", "deploy").secret();
    assertThat(site.get("/admin/x").bearer(token).send().error()).isEqualTo("forbidden");
    assertThat(site.get("/api/auth/users").bearer(token).send().error()).isEqualTo("forbidden");
    assertThat(site.post("/run/x").bearer(token).send().error()).isEqualTo("forbidden");
  }

  @Test
  void openPathsTakeATokenForWhatItMayDoThere() {
    String read = site.token("vera", "read").secret();
    assertThat(site.get("/public/x").bearer(read).send().text()).contains("user=vera");
    assertThat(site.post("/public/x").bearer(read).send().text()).contains("user=null");
    assertThat(site.get("/public/reports/x").bearer(read).send().text()).contains("user=null");
    String report = site.token("vera", "report").secret();
    assertThat(site.post("/public/reports/x").bearer(report).send().text()).contains("user=vera");
    assertThat(site.get("/public/x").bearer("taskauth_pat_x").send().text()).contains("user=null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deplyo", "write", "Deploy"})
  void scopeThatTheHostDoesNotKnowIsRefused(String scope) {
    Answer answer =
        site.post("/api/auth/tokens")
            .meantBy(site.known("vera"))
            .object("name", "n", "scopes", List.of("read", scope))
            .send();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").asString())
        .contains("'scopes'", "read, admin, deploy, report");
  }

  @Test
  void accountPageOffersTheScopesThatAreOfUse() {
    String veras = site.get("/auth/account").browser().as(site.known("vera")).send().text();
    assertThat(veras)
        .contains("name=\"scope-read\"", "name=\"scope-deploy\"", "name=\"scope-report\"")
        .doesNotContain("scope-admin");
    assertThat(site.get("/auth/account").browser().as(site.known("ada")).send().text())
        .contains("name=\"scope-admin\"");
  }

  @Test
  void pageMakesATokenWithTheScopesThatWereTicked() {
    SignedIn vera = site.known("vera");
    Answer made =
        site.post("/auth/account")
            .filledBy(
                vera,
                "action",
                "create-token",
                "name",
                "ticked",
                "expires",
                "30",
                "scope-read",
                "on",
                "scope-deploy",
                "on")
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(200);
    assertThat(site.get("/api/auth/tokens").as(vera).send().json().at("/items/0/scopes").toString())
        .isEqualTo("[\"deploy\",\"read\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "", "Deploy", "a b", "1st"})
  void optionThatMakesNoSenseIsNamed(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebOptions.defaults().requireScope(scope, "/x/*"))
        .withMessageContaining("requireScope");
    if (!scope.equals("read")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebOptions.defaults().tokenScopes("deploy", scope))
          .withMessageContaining("tokenScopes");
    }
  }
}

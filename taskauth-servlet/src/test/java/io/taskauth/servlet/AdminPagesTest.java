package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all pages have in common: navigation, names as text, and a path that moves. */
class AdminPagesTest {
  private static final List<String> ADMIN =
      List.of(
          "/auth/admin/users", "/auth/admin/tokens", "/auth/admin/services", "/auth/admin/audit");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void navigationShowsAdministrationToAdministratorsOnly(Site site) {
    for (String path : List.of("/auth/account", "/auth/logout")) {
      String adas = site.get(path).browser().as(site.known("ada")).send().text();
      String olgas = site.get(path).browser().as(site.known("olga")).send().text();
      for (String page : ADMIN) {
        assertThat(adas).contains("href=\"" + site.path(page) + "\"");
        assertThat(olgas).doesNotContain(page);
      }
    }
    assertThat(site.get("/auth/login").browser().send().text()).doesNotContain("/auth/admin");
    assertThat(site.get("/auth/reset").browser().send().text()).doesNotContain("/auth/admin");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void navigationMarksThePageThatIsOpen(Site site) {
    for (String page : ADMIN) {
      assertThat(site.get(page).browser().as(site.known("ada")).send().text())
          .containsOnlyOnce("aria-current=\"page\"")
          .contains("href=\"" + site.path(page) + "\" aria-current=\"page\"");
    }
    assertThat(
            site.get("/auth/admin/users/" + site.id("vera"))
                .browser()
                .as(site.known("ada"))
                .send()
                .text())
        .contains("href=\"" + site.path("/auth/admin/users") + "\" aria-current=\"page\"");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void navigationShowsTheHostsPagesToWhomTheyAreFor(Site site) {
    String jobs = "<li><a href=\"" + site.path("/jobs") + "\">Jobs &amp; more</a></li>";
    String reports = "<li><a href=\"" + site.path("/reports") + "\">Reports</a></li>";
    assertThat(site.get("/auth/account").browser().as(site.known("ada")).send().text())
        .containsSubsequence(jobs, reports, "/auth/admin/users");
    assertThat(site.get("/auth/account").browser().as(site.known("olga")).send().text())
        .contains(jobs)
        .doesNotContain(reports);
    assertThat(site.get("/auth/login").browser().send().text()).doesNotContain(jobs, reports);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void everyLinkAndFormStaysBelowTheMountPath(Site site) {
    site.token("vera");
    for (String page :
        List.of(
            "/auth/admin/users",
            "/auth/admin/users/" + site.id("vera"),
            "/auth/admin/tokens",
            "/auth/admin/services",
            "/auth/admin/audit",
            "/auth/account",
            "/auth/reset?token=x")) {
      Answer answer = site.get(page).browser().as(site.known("ada")).send();
      assertThat(answer.text().replaceAll("(href|action|src)=\"data:,\"", ""))
          .as("%s", page)
          .doesNotContainPattern(
              "(href|action|src)=\"(?!" + java.util.regex.Pattern.quote(site.path("/")) + ")")
          .doesNotContainPattern(" on[a-z]+=\"")
          .doesNotContain("style=", "<style", "javascript:");
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void hostileNamesAreText(Site site) {
    String name = site.freshAccount("admin");
    SignedIn ada = site.known("ada");
    site.call("PATCH", site.userPath(name)).meantBy(ada).object("display_name", HOSTILE).send();
    SignedIn who = site.signIn(name);
    MadeToken token = site.makeToken(who, HOSTILE);
    for (Call call :
        new Call[] {
          site.get("/auth/admin/users?q=" + name).as(ada),
          site.get("/auth/admin/users/" + site.id(name)).as(ada),
          site.get("/auth/admin/tokens").as(ada),
          site.get("/auth/admin/audit?user=" + name).as(ada),
          site.get("/auth/account").as(who),
          site.get("/auth/logout").as(who),
          site.get("/auth/admin/users?limit=x").as(who),
          site.post("/auth/admin/users/" + site.id(name))
              .filledBy(ada, "action", "save", "display_name", HOSTILE, "role", "root"),
          site.post("/auth/admin/users").filledBy(ada, "username", HOSTILE, "email", HOSTILE),
          site.post("/auth/account").filledBy(who, "action", "create-token", "name", HOSTILE),
          site.post("/auth/admin/services").filledBy(who, "action", "create", "name", HOSTILE)
        }) {
      Answer page = call.browser().send();
      assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(page.text())
          .as("%s", page)
          .doesNotContain("<img src=x")
          .contains("&lt;img src=x onerror=alert(1)");
    }
    assertThat(
            site.get("/api/auth/tokens/" + token.id()).as(who).send().json().get("name").asString())
        .isEqualTo(HOSTILE);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void formThatIsRefusedGetsAPage(Site site) {
    SignedIn ended = site.signIn("ada");
    site.post("/api/auth/logout").meantBy(ended).send();
    for (String path :
        List.of(
            "/auth/admin/users",
            "/auth/admin/users/x",
            "/auth/admin/tokens",
            "/auth/admin/services",
            "/auth/account")) {
      Answer late = site.post(path).filledBy(ended, "action", "x").send();
      assertIsPage(late, 401, "Your session has ended. Sign in again.");
      assertThat(late.headers("Set-Cookie")).hasSize(2).allMatch(c -> c.contains("Max-Age=0"));
      Answer forged = site.post(path).browser().as(site.known("ada")).form("action", "x").send();
      assertIsPage(forged, 403, "csrf");
    }
    Answer role =
        site.post("/auth/admin/users").filledBy(site.known("olga"), "username", "x").send();
    assertIsPage(role, 403, "Your role does not allow this.");
    assertThat(site.post("/jobs").browser().send().error()).isEqualTo("not_authenticated");
    assertThat(site.post("/api/auth/users").browser().send().error())
        .isEqualTo("not_authenticated");
    assertThat(site.post("/auth/account").form().send().error()).isEqualTo("not_authenticated");
  }

  private static void assertIsPage(Answer answer, int status, String words) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.text()).contains(words);
  }

  @Test
  void tokensOfEverybodyAreListedWithTheirOwnersAndPaged() {
    Site site = Site.ofItsOwn();
    try {
      for (int i = 10; i < 40; i++) {
        site.makeToken(site.known("vera"), "script" + i);
      }
      Answer first = site.get("/auth/admin/tokens").browser().as(site.known("ada")).send();
      assertThat(first.text())
          .contains("script39", "script15", "Next page", "/auth/admin/users/" + site.id("vera"))
          .doesNotContain("script14", "First page", "taskauth_pat_");
      String next = first.text().replaceAll("(?s).*href=\"([^\"]*cursor=[^\"]*)\".*", "$1");
      Answer second = site.raw("GET", next).browser().as(site.known("ada")).send();
      assertThat(second.text())
          .contains("script14", "script10", "First page")
          .doesNotContain("script15", "Next page");
      assertThat(
              site.get("/auth/admin/tokens?done=revoked")
                  .browser()
                  .as(site.known("ada"))
                  .send()
                  .text())
          .contains("The token is revoked.");
    } finally {
      site.stop();
    }
  }
}

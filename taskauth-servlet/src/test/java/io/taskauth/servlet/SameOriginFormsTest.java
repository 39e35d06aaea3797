package io.taskauth.servlet;

import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where somebody else's forms cannot carry the CSRF token, the browser has to vouch that a page of
 * this very origin sent them.
 */
class SameOriginFormsTest {
  private static Site everywhere;

  @BeforeAll
  static void start() {
    everywhere =
        Site.custom(
            Mount.ROOT,
            settings -> settings,
            options -> options.sameOriginForms("/*").allowedOrigins("https://partner.example.com"));
  }

  @AfterAll
  static void stop() {
    everywhere.stop();
  }

  static Stream<Arguments> table() {
    return Scenario.at(
        Sites.perContainer(),
        List.of(
            forged("neither header"),
            forged("a page of another site", "Sec-Fetch-Site", "cross-site"),
            forged("a page of a neighbour's host or port", "Sec-Fetch-Site", "same-site"),
            forged("an address typed, or a link in a mail", "Sec-Fetch-Site", "none"),
            forged("a word that no browser says", "Sec-Fetch-Site", "Same-Origin"),
            forged("an empty word", "Sec-Fetch-Site", ""),
            forged("it is said twice", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "none"),
            forged("a page without an origin", "Origin", "null"),
            forged("another origin", "Origin", "https://evil.example"),
            forged("a neighbour's origin", "Origin", "http://other.127.0.0.1"),
            forged("another port of this host", "Origin", "http://127.0.0.1:1"),
            forged("garbage for an origin", "Origin", "::"),
            forged("an empty origin", "Origin", ""),
            forged("ours by one header only", "Sec-Fetch-Site", "same-origin", "Origin", "null"),
            forged(
                "ours by the other header only",
                "Sec-Fetch-Site",
                "same-origin",
                "Origin",
                "https://evil.example"),
            refused(
                "our origin from a neighbour's page",
                403,
                "csrf_failed",
                site -> console(site).header("Sec-Fetch-Site", "same-site").headers(ours(site))),
            refused(
                "our origin from no page",
                403,
                "csrf_failed",
                site -> console(site).header("Sec-Fetch-Site", "none").headers(ours(site))),
            refused(
                "our origin and another one",
                403,
                "csrf_failed",
                site -> console(site).headers(ours(site)).header("Origin", "http://evil.example")),
            refused(
                "our origin over the other scheme",
                403,
                "csrf_failed",
                site -> console(site).header("Origin", "https://127.0.0.1:" + site.port())),
            refused(
                "a path beside it",
                403,
                "csrf_failed",
                site ->
                    site.post("/consoles/x")
                        .as(site.known("vera"))
                        .headers(ours(site))
                        .header("Sec-Fetch-Site", "same-origin")),
            refused(
                "the library's own form",
                403,
                "csrf_failed",
                site ->
                    site.post("/auth/logout")
                        .as(site.known("vera"))
                        .header("Sec-Fetch-Site", "same-origin")),
            refused(
                "nobody",
                401,
                "not_authenticated",
                site -> site.post("/console/query.do").header("Sec-Fetch-Site", "same-origin")),
            refused(
                "too small a role",
                403,
                "forbidden",
                site ->
                    site.post("/admin/console/x")
                        .as(site.known("vera"))
                        .header("Sec-Fetch-Site", "same-origin")),
            passed(
                "a page of ours, as the browser says",
                site -> console(site).header("Sec-Fetch-Site", "same-origin")),
            passed(
                "a page of ours, as it says twice",
                site -> console(site).header("Sec-Fetch-Site", "same-origin").headers(ours(site))),
            passed(
                "a page of ours over plain HTTP, where there is no other header",
                site -> console(site).headers(ours(site))),
            passed(
                "whatever the method",
                site ->
                    site.call("DELETE", "/console/jobs/7")
                        .as(site.known("vera"))
                        .header("Sec-Fetch-Site", "same-origin")),
            passed(
                "the role is there",
                site ->
                    site.post("/admin/console/x")
                        .as(site.known("ada"))
                        .header("Sec-Fetch-Site", "same-origin")),
            passed(
                "the token still counts",
                site -> site.post("/console/query.do").meantBy(site.known("vera"))),
            passed(
                "the token in a form still counts",
                site -> console(site).form("_csrf", site.known("vera").csrf()))));
  }

  private static Call console(Site site) {
    return site.post("/console/query.do").as(site.known("vera"));
  }

  private static String[] ours(Site site) {
    return new String[] {"Origin", "http://127.0.0.1:" + site.port()};
  }

  private static Scenario forged(String name, String... headers) {
    return refused(name, 403, "csrf_failed", site -> console(site).headers(headers));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void browserHasToVouchForTheForm(Site site, Scenario scenario) {
    scenario.holdsAt(site);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void onAnOpenPathAForgedChangeIsAStrangers(Site site) {
    Call forged = site.post("/public/console").as(site.known("vera"));
    assertThat(forged.header("Sec-Fetch-Site", "same-site").send().text()).contains("user=null");
    Call halfMeant = site.post("/public/console").as(site.known("vera"));
    halfMeant.headers("Sec-Fetch-Site", "same-origin", "Origin", "http://evil.example");
    assertThat(halfMeant.send().text()).contains("user=null");
    Call meant = site.post("/public/console").as(site.known("vera"));
    assertThat(meant.header("Sec-Fetch-Site", "same-origin").send().text()).contains("user=vera");
  }

  @Test
  void libraryTakesTheTokenWhateverIsSet() {
    SignedIn ada = everywhere.known("ada");
    for (String path :
        List.of("/auth/logout", "/api/auth/logout", "/api/auth/users", "/api/auth/nothing")) {
      Answer answer =
          everywhere.post(path).as(ada).header("Sec-Fetch-Site", "same-origin").json("{}").send();
      assertThat(answer.error()).as("%s %s", path, answer).isEqualTo("csrf_failed");
    }
    Call host = everywhere.post("/jobs").as(ada).header("Sec-Fetch-Site", "same-origin");
    assertThat(host.send().isFromHost()).isTrue();
  }

  @Test
  void pageOfAnAllowedOriginIsOfAnotherOrigin() {
    Call partner = everywhere.post("/jobs").as(everywhere.known("ada"));
    assertThat(partner.header("Origin", "https://partner.example.com").send().error())
        .isEqualTo("csrf_failed");
    Call withToken = everywhere.post("/jobs").meantBy(everywhere.known("ada"));
    assertThat(withToken.header("Origin", "https://partner.example.com").send().isFromHost())
        .isTrue();
  }
}

package io.taskauth.servlet;

import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A change must have been meant by a page of this site. */
class CsrfTest {
  static Stream<Arguments> table() {
    return Scenario.at(
        Sites.all(),
        List.of(
            forged("no token at all", call -> call),
            forged("an empty token", call -> call.header("X-CSRF-Token", "")),
            forged("a wrong token", call -> call.header("X-CSRF-Token", "abc")),
            forged("a wrong token in a form", call -> call.form("_csrf", "abc")),
            refused(
                "the token of another session",
                403,
                "csrf_failed",
                site ->
                    site.post("/jobs")
                        .as(site.known("vera"))
                        .header("X-CSRF-Token", site.known("olga").csrf())),
            refused(
                "the token of another session, with its cookie",
                403,
                "csrf_failed",
                site ->
                    site.post("/jobs")
                        .cookie(
                            site.known("vera").session()
                                + "; taskauth_csrf="
                                + site.known("olga").csrf())
                        .header("X-CSRF-Token", site.known("olga").csrf())),
            refused(
                "the cookie alone",
                403,
                "csrf_failed",
                site ->
                    site.post("/jobs")
                        .cookie(
                            site.known("vera").session()
                                + "; taskauth_csrf="
                                + site.known("vera").csrf())),
            refused("the token in the query", 403, "csrf_failed", site -> inQuery(site, "_csrf")),
            refused(
                "the token in JSON",
                403,
                "csrf_failed",
                site ->
                    site.post("/jobs")
                        .as(site.known("vera"))
                        .json("{\"_csrf\":\"" + site.known("vera").csrf() + "\"}")),
            foreign("Origin: null", "Origin", "null"),
            foreign("another origin", "Origin", "https://evil.example"),
            foreign("another port", "Origin", "http://127.0.0.1:1"),
            foreign("an origin that ends like ours", "Origin", "http://evil.example/127.0.0.1"),
            foreign("garbage for an origin", "Origin", "::"),
            foreign("an empty origin", "Origin", ""),
            foreign("a fetch from another site", "Sec-Fetch-Site", "cross-site"),
            refused(
                "our origin over the other scheme",
                403,
                "csrf_failed",
                site ->
                    site.post("/jobs")
                        .meantBy(site.known("vera"))
                        .header("Origin", "https://127.0.0.1:" + site.port())),
            refused(
                "our origin and another one",
                403,
                "csrf_failed",
                site ->
                    site.post("/jobs")
                        .meantBy(site.known("vera"))
                        .header("Origin", "http://127.0.0.1:" + site.port())
                        .header("Origin", "http://evil.example")),
            refused(
                "PUT",
                403,
                "csrf_failed",
                site -> site.call("PUT", "/jobs").as(site.known("vera"))),
            refused(
                "PATCH",
                403,
                "csrf_failed",
                site -> site.call("PATCH", "/jobs").as(site.known("vera"))),
            refused(
                "DELETE",
                403,
                "csrf_failed",
                site -> site.call("DELETE", "/jobs").as(site.known("vera"))),
            refused(
                "a method nobody knows",
                403,
                "csrf_failed",
                site -> site.call("FROBNICATE", "/jobs").as(site.known("vera"))),
            passed(
                "the token in the header", site -> site.post("/jobs").meantBy(site.known("vera"))),
            passed(
                "our own origin",
                site ->
                    site.post("/jobs")
                        .meantBy(site.known("vera"))
                        .header("Origin", "http://127.0.0.1:" + site.port())
                        .header("Sec-Fetch-Site", "same-origin")),
            passed(
                "our own origin with the default port",
                site ->
                    site.post("/jobs")
                        .host("tools.example.com")
                        .meantBy(site.known("vera"))
                        .header("Origin", "http://tools.example.com:80")),
            passed(
                "our own origin over HTTPS",
                site ->
                    site.post("/jobs")
                        .https()
                        .host("Tools.example.com:443")
                        .cookie(guarded(site) + site.known("vera").session())
                        .header("X-CSRF-Token", site.known("vera").csrf())
                        .header("Origin", "https://tools.example.com")),
            passed("reading needs none", site -> site.get("/jobs").as(site.known("vera"))),
            passed(
                "reading from another site",
                site ->
                    site.get("/jobs")
                        .as(site.known("vera"))
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Origin", "https://evil.example")),
            passed(
                "Bearer needs none",
                site ->
                    site.call("DELETE", "/jobs")
                        .bearer(site.known("vera").token())
                        .header("Origin", "null"))));
  }

  private static Scenario forged(String name, UnaryOperator<Call> with) {
    return refused(
        name, 403, "csrf_failed", site -> with.apply(site.post("/jobs").as(site.known("vera"))));
  }

  private static Scenario foreign(String name, String header, String value) {
    return refused(
        name,
        403,
        "csrf_failed",
        site -> site.post("/jobs").meantBy(site.known("vera")).header(header, value));
  }

  private static Call inQuery(Site site, String name) {
    return site.post("/jobs?" + name + "=" + site.known("vera").csrf())
        .as(site.known("vera"))
        .form("colour", "blue");
  }

  private static String guarded(Site site) {
    return site.mount.base().isEmpty() ? "__Host-" : "__Secure-";
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void changeMustHaveBeenMeant(Site site, Scenario scenario) {
    scenario.holdsAt(site);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void formOfTheHostMayCarryTheTokenAndStaysReadable(Site site) {
    SignedIn vera = site.known("vera");
    Answer answer =
        site.post("/jobs").as(vera).form("_csrf", vera.csrf(), "colour", "blue & grün").send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.text()).contains("colour=blue & gr");
    Answer withHeader = site.post("/jobs").meantBy(vera).form("colour", "blue").send();
    assertThat(withHeader.text()).contains("colour=blue");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void formOfTheLibraryCarriesTheToken(Site site) {
    SignedIn vera = site.signIn("vera");
    assertThat(site.post("/auth/logout").as(vera).form("x", "y").send().error())
        .isEqualTo("csrf_failed");
    assertThat(site.post("/auth/logout").as(vera).form("_csrf", vera.csrf()).send().status())
        .isEqualTo(303);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void loginAndSetupFromAnotherSiteAreRefused(Site site) {
    String login = Site.credentials("vera", Site.PASSWORD);
    for (String path : List.of("/api/auth/login", "/api/auth/token", "/api/auth/setup")) {
      for (String[] sign :
          new String[][] {
            {"Sec-Fetch-Site", "cross-site"}, {"Origin", "null"}, {"Origin", "http://evil.example"}
          }) {
        Answer answer = site.post(path).header(sign[0], sign[1]).json(login).send();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("csrf_failed");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
      }
    }
  }
}

package io.taskauth.servlet;

import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which cookies count, and how they are set and taken away. */
class SessionCookieTest {
  static Stream<Arguments> table() {
    return Scenario.at(
        Sites.all(),
        List.of(
            refused("none", 401, "not_authenticated", site -> site.get("/jobs")),
            refused("an empty one", 401, "not_authenticated", site -> with(site, "")),
            refused("garbage", 401, "not_authenticated", site -> with(site, "abc")),
            refused(
                "two different ones in one header",
                401,
                "not_authenticated",
                site ->
                    site.get("/jobs")
                        .cookie(site.known("vera").session() + "; taskauth_session=planted")),
            refused(
                "two different ones in two headers",
                401,
                "not_authenticated",
                site ->
                    site.get("/jobs").cookie("taskauth_session=planted").as(site.known("vera"))),
            refused(
                "another name",
                401,
                "not_authenticated",
                site -> site.get("/jobs").cookie("TASKAUTH_SESSION=" + site.known("vera").token())),
            refused(
                "the plain name over HTTPS",
                401,
                "not_authenticated",
                site -> site.get("/jobs").https().as(site.known("vera"))),
            refused(
                "the guarded name, dead, beside a good plain one",
                401,
                "not_authenticated",
                site ->
                    site.get("/jobs")
                        .cookie(guarded(site) + "=dead; " + site.known("vera").session())),
            passed("a good one", site -> site.get("/jobs").as(site.known("vera"))),
            passed(
                "a good one among others",
                site ->
                    site.get("/jobs")
                        .cookie("a=b; " + site.known("vera").session() + ";c=\"d;e\"; =; ;x")),
            passed(
                "the guarded name over HTTPS",
                site ->
                    site.get("/jobs")
                        .https()
                        .cookie(guarded(site) + "=" + site.known("vera").token())),
            passed(
                "the guarded name over HTTP",
                site ->
                    site.get("/jobs").cookie(guarded(site) + "=" + site.known("vera").token()))));
  }

  private static Call with(Site site, String value) {
    return site.get("/jobs").cookie("taskauth_session=" + value);
  }

  private static String guarded(Site site) {
    return (site.mount.base().isEmpty() ? "__Host-" : "__Secure-") + "taskauth_session";
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void cookieCounts(Site site, Scenario scenario) {
    scenario.holdsAt(site);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void deadCookieIsClearedWithTheAttributesItWasSetWith(Site site) {
    String path = site.mount.cookiePath();
    assertThat(with(site, "dead").send().headers("Set-Cookie"))
        .containsExactly(
            "taskauth_session=; Path=" + path + "; Max-Age=0; HttpOnly; SameSite=Strict",
            "taskauth_csrf=; Path=" + path + "; Max-Age=0; SameSite=Strict");
    assertThat(
            site.get("/jobs")
                .browser()
                .https()
                .cookie(guarded(site) + "=x")
                .send()
                .headers("Set-Cookie"))
        .containsExactly(
            guarded(site) + "=; Path=" + path + "; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
            guarded(site).replace("session", "csrf")
                + "=; Path="
                + path
                + "; Max-Age=0; Secure; SameSite=Strict");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void cookiesAreSetWithExactlyTheseAttributes(Site site) {
    String login = Site.credentials("vera", Site.PASSWORD);
    String path = site.mount.cookiePath();
    List<String> plain = site.post("/api/auth/login").json(login).send().headers("Set-Cookie");
    assertThat(plain).hasSize(2);
    assertThat(plain.get(0))
        .matches(
            "taskauth_session=[A-Za-z0-9_.-]+; Path="
                + path
                + "; Max-Age=86400; HttpOnly; SameSite=Strict");
    assertThat(plain.get(1))
        .matches("taskauth_csrf=[A-Za-z0-9_-]+; Path=" + path + "; Max-Age=86400; SameSite=Strict");
    List<String> secure =
        site.post("/api/auth/login").https().json(login).send().headers("Set-Cookie");
    assertThat(secure.get(0))
        .startsWith(guarded(site) + "=")
        .endsWith("; Path=" + path + "; Max-Age=86400; Secure; HttpOnly; SameSite=Strict");
    assertThat(secure.get(1))
        .startsWith(guarded(site).replace("session", "csrf") + "=")
        .endsWith("; Path=" + path + "; Max-Age=86400; Secure; SameSite=Strict");
  }

  @Test
  void sessionPastItsEndIsRefusedAndCleared() {
    Site site = Site.of(Kind.JETTY, Mount.ROOT);
    try {
      SignedIn vera = site.signIn("vera");
      assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(200);
      site.clock.advance(Duration.ofHours(24).minusSeconds(1));
      assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(200);
      site.clock.advance(Duration.ofSeconds(1));
      Answer ended = site.get("/jobs").as(vera).send();
      assertThat(ended.status()).isEqualTo(401);
      assertThat(ended.error()).isEqualTo("session_expired");
      assertThat(ended.cookie("taskauth_session").orElseThrow()).contains("Max-Age=0");
      assertThat(site.get("/jobs").browser().as(vera).send().location())
          .isEqualTo("/auth/login?next=%2Fjobs");
    } finally {
      site.stop();
    }
  }

  @Test
  void forwardedProtocolOfAStrangerCountsForNothing() {
    Site site =
        Site.special(
            Mount.ROOT,
            (mount, auth) ->
                start(auth, WebOptions.defaults().trustedProxies("192.0.2.1", "2001:db8::/32")));
    try {
      Answer answer =
          site.post("/api/auth/login").https().json(Site.credentials("vera", Site.PASSWORD)).send();
      assertThat(answer.cookie("taskauth_session").orElseThrow())
          .startsWith("taskauth_session=")
          .doesNotContain("Secure");
      assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    } finally {
      site.stop();
    }
  }

  @Test
  void laxIsForHostsThatAskForIt() {
    Site site =
        Site.special(Mount.ROOT, (mount, auth) -> start(auth, WebOptions.defaults().sameSiteLax()));
    try {
      assertThat(site.signIn("vera").sessionCookie()).endsWith("; HttpOnly; SameSite=Lax");
    } finally {
      site.stop();
    }
  }

  private static Container start(io.taskauth.TaskAuth auth, WebOptions options) {
    try {
      return JettyContainer.start("", new TaskAuthFilter(auth, options));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

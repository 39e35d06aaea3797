package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is signed in: who is sent to the login page, and who gets a 401. */
class ChallengeTest {
  record Visit(String method, String path, String accept) {}

  static Stream<Arguments> programs() {
    return Sites.all()
        .flatMap(
            site ->
                Stream.of(
                        new Visit("GET", "/jobs", null),
                        new Visit("GET", "/jobs", "*/*"),
                        new Visit("GET", "/jobs", "application/json"),
                        new Visit("GET", "/jobs", "text/*"),
                        new Visit("GET", "/jobs", "text/html;q=0"),
                        new Visit("GET", "/jobs", "text/html; q=0.0, application/json"),
                        new Visit("GET", "/jobs", "text/htmlx"),
                        new Visit("GET", "/api/jobs", "text/html"),
                        new Visit("GET", "/api/auth/whoami", "text/html"),
                        new Visit("POST", "/jobs", "text/html"),
                        new Visit("PUT", "/jobs", "text/html"),
                        new Visit("DELETE", "/jobs", "text/html"),
                        new Visit("OPTIONS", "/jobs", "text/html"))
                    .map(visit -> Arguments.of(site, visit)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("programs")
  void programGets401AndTheAddressOfTheLoginPage(Site site, Visit visit) {
    Answer answer = send(site, visit);
    assertThat(answer.status()).as("%s", answer).isEqualTo(401);
    assertThat(answer.error()).isEqualTo("not_authenticated");
    assertThat(answer.json().get("login_url").asString()).isEqualTo(site.path("/auth/login"));
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.header("Location")).isEmpty();
  }

  static Stream<Arguments> browsers() {
    return Sites.all()
        .flatMap(
            site ->
                Stream.of(
                        new Visit("GET", "/jobs", "text/html"),
                        new Visit("HEAD", "/jobs", "text/html"),
                        new Visit("GET", "/jobs", "application/xml, TEXT/HTML;q=0.1"),
                        new Visit("GET", "/jobs?a=b&c=d%26e", "text/html"),
                        new Visit("GET", "/", "text/html"),
                        new Visit("GET", "/auth/account", "text/html"),
                        new Visit("GET", "/apis", "text/html"))
                    .map(visit -> Arguments.of(site, visit)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("browsers")
  void browserIsSentToTheLoginPageAndBackLater(Site site, Visit visit) {
    Answer answer = send(site, visit);
    assertThat(answer.status()).as("%s", answer).isEqualTo(302);
    assertThat(answer.location())
        .isEqualTo(
            site.path("/auth/login?next=")
                + URLEncoder.encode(site.path(visit.path()), StandardCharsets.UTF_8));
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void apiPathIsNoPlaceToComeBackTo(Site site) {
    Answer answer = site.get("/auth/nothing-here").browser().send();
    assertThat(answer.status()).isEqualTo(302);
    assertThat(site.get("/auth/logout").browser().send().location())
        .isEqualTo(site.path("/auth/login"));
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void hostHeaderNeverReachesTheLocation(Site site) {
    for (String path : new String[] {"/jobs", "/", "/auth/account", "/auth/logout"}) {
      Answer answer =
          site.get(path)
              .browser()
              .host("evil.example")
              .header("X-Forwarded-Host", "evil.example")
              .header("Forwarded", "host=evil.example")
              .send();
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.location()).startsWith("/").doesNotContain("evil");
    }
  }

  private static Answer send(Site site, Visit visit) {
    Call call = site.call(visit.method(), visit.path());
    return (visit.accept() == null ? call : call.header("Accept", visit.accept())).send();
  }
}

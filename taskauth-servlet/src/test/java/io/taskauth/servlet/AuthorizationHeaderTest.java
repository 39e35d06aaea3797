package io.taskauth.servlet;

import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where Authorization is present it alone counts. */
class AuthorizationHeaderTest {
  static Stream<Arguments> table() {
    return Scenario.at(
        Sites.all(),
        List.of(
            refusedWith("an empty one", ""),
            refusedWith("Basic", "Basic dmVyYTpwYXNzd29yZA=="),
            refusedWith("a scheme without a token", "Bearer"),
            refusedWith("a scheme and blanks", "Bearer    "),
            refusedWith("garbage", "Bearer abc.def.ghi"),
            refusedWith("two words", "Bearer abc def"),
            refusedWith("a list", "Bearer abc, Bearer def"),
            refusedWith("no scheme", "abc.def.ghi"),
            refusedWith("a quoted token", "Bearer \"abc\""),
            refusedWith("a very long one", "Bearer " + "a".repeat(4000)),
            refused(
                "the good cookie beside an empty header",
                401,
                "invalid_token",
                site -> site.get("/jobs").as(site.known("vera")).header("Authorization", "")),
            refused(
                "the good cookie beside a bad header",
                401,
                "invalid_token",
                site -> site.get("/jobs").as(site.known("vera")).bearer("abc")),
            refused(
                "the good cookie beside Basic",
                401,
                "invalid_token",
                site ->
                    site.get("/jobs").as(site.known("vera")).header("Authorization", "Basic eDp5")),
            refused(
                "the good token twice",
                401,
                "invalid_token",
                site ->
                    site.get("/jobs")
                        .bearer(site.known("vera").token())
                        .bearer(site.known("vera").token())),
            refused(
                "the good token and another header",
                401,
                "invalid_token",
                site ->
                    site.get("/jobs")
                        .bearer(site.known("vera").token())
                        .header("authorization", "Basic eDp5")),
            refused(
                "the good token with its signature cut",
                401,
                "invalid_token",
                site -> {
                  String token = site.known("vera").token();
                  return site.get("/jobs").bearer(token.substring(0, token.lastIndexOf('.') + 1));
                }),
            refused(
                "a bad token, for a browser",
                401,
                "invalid_token",
                site -> site.get("/jobs").browser().bearer("abc")),
            passed("a good token", site -> site.get("/jobs").bearer(site.known("vera").token())),
            passed("bearer", site -> withScheme(site, "bearer")),
            passed("BEARER", site -> withScheme(site, "BEARER")),
            passed(
                "a good token beside a dead cookie",
                site ->
                    site.get("/jobs")
                        .bearer(site.known("vera").token())
                        .cookie("taskauth_session=dead")),
            passed(
                "a change with a token, which nobody can forge",
                site -> site.post("/jobs").bearer(site.known("vera").token()))));
  }

  private static Scenario refusedWith(String name, String value) {
    return refused(
        name, 401, "invalid_token", site -> site.get("/jobs").header("Authorization", value));
  }

  private static Call withScheme(Site site, String scheme) {
    return site.get("/jobs").header("Authorization", scheme + " " + site.known("vera").token());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void onlyTheHeaderCounts(Site site, Scenario scenario) {
    Answer answer = scenario.holdsAt(site);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    if (answer.status() == 401) {
      assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }
  }
}

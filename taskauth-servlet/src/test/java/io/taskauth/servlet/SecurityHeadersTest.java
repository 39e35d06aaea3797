package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer of the library's own carries the headers of contract section 5. */
class SecurityHeadersTest {
  private static Map<Integer, Call> oneOfEachStatus(Site site) {
    Map<Integer, Call> calls = new LinkedHashMap<>();
    calls.put(200, site.get("/auth/login"));
    calls.put(302, site.get("/jobs").browser());
    calls.put(400, site.post("/api/auth/login").json("[]"));
    calls.put(401, site.get("/jobs"));
    calls.put(403, site.get("/admin/x").browser().as(site.known("vera")));
    calls.put(404, site.get("/api/auth/nothing").as(site.known("vera")));
    calls.put(405, site.get("/api/auth/login"));
    calls.put(409, site.post("/api/auth/setup").json(Site.credentials("a", Site.PASSWORD)));
    calls.put(415, site.post("/api/auth/login"));
    return calls;
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void everyAnswerCarriesThem(Site site) {
    oneOfEachStatus(site)
        .forEach(
            (status, call) -> {
              Answer answer = call.header("Origin", "http://127.0.0.1:" + site.port()).send();
              assertThat(answer.status()).as("%s", answer).isEqualTo(status);
              assertCarriesThem(answer);
            });
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void everyAnswerAboutAccountsAndTokensCarriesThem(Site site) {
    for (AccessTable.Row row : AccessTable.ROWS) {
      assertCarriesThem(row.call(site).meantBy(site.known("ada")).send());
      assertCarriesThem(row.call(site).browser().meantBy(site.known("ada")).send());
      assertCarriesThem(row.call(site).send());
    }
    String name = site.freshAccount("viewer");
    assertCarriesThem(site.get("/auth/reset?token=" + ResetLinks.make(site, name)).send());
    assertCarriesThem(site.call("DELETE", site.userPath(name)).meantBy(site.known("ada")).send());
  }

  private static void assertCarriesThem(Answer answer) {
    assertThat(answer.headers("Content-Security-Policy"))
        .singleElement()
        .satisfies(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline", "unsafe-eval", "*"));
    assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers("Referrer-Policy")).containsExactly("same-origin");
    assertThat(answer.headers("X-Frame-Options")).containsExactly("DENY");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers("Strict-Transport-Security")).isEmpty();
    assertThat(answer.headers("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void strictTransportSecurityIsForHttps(Site site) {
    assertThat(site.get("/jobs").https().send().headers("Strict-Transport-Security"))
        .containsExactly("max-age=31536000");
    assertThat(site.get("/auth/login").https().send().headers("Strict-Transport-Security"))
        .containsExactly("max-age=31536000");
    assertThat(
            site.get("/jobs")
                .header("X-Forwarded-Proto", "https, http")
                .send()
                .headers("Strict-Transport-Security"))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void noOtherOriginIsEverAllowedToRead(Site site) {
    for (String method : new String[] {"GET", "OPTIONS", "POST"}) {
      for (String path :
          new String[] {"/api/auth/login", "/api/auth/whoami", "/jobs", "/public/x"}) {
        Answer answer =
            site.call(method, path)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertThat(answer.headerLines())
            .noneMatch(
                line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
      }
    }
  }
}

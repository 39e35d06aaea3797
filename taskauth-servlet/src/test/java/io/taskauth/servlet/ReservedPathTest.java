package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The library's own paths: methods, what is not there, and how errors look. */
class ReservedPathTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void otherMethodsAreNamedInAllow(Site site) {
    String[][] table = {
      {"GET", "/api/auth/login", "POST"},
      {"PUT", "/api/auth/login", "POST"},
      {"DELETE", "/api/auth/token", "POST"},
      {"GET", "/api/auth/setup", "POST"},
      {"GET", "/api/auth/logout", "POST"},
      {"POST", "/api/auth/status", "GET, HEAD"},
      {"POST", "/api/auth/whoami", "GET, HEAD"},
      {"POST", "/api/auth/sessions", "DELETE, GET, HEAD"},
      {"GET", "/api/auth/sessions/x", "DELETE"},
      {"PUT", "/auth/login", "GET, HEAD, POST"},
      {"HEAD", "/api/auth/login", "POST"},
      {"OPTIONS", "/api/auth/login", "POST"}
    };
    for (String[] row : table) {
      for (Call call :
          new Call[] {
            site.call(row[0], row[1]), site.call(row[0], row[1]).meantBy(site.known("ada"))
          }) {
        Answer answer = call.send();
        assertThat(answer.status()).as("%s %s %s", row[0], row[1], answer).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(row[2]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nothingOfTheHostIsUnderTheReservedPaths(Site site) {
    for (String path :
        new String[] {
          "/api/auth/nothing", "/api/auth/", "/api/auth/login/more", "/auth/nothing", "/auth/login/"
        }) {
      assertThat(site.get(path).send().status()).isEqualTo(401);
      Answer answer = site.get(path).as(site.known("ada")).send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(404);
      assertThat(answer.error()).isEqualTo("not_found");
      assertThat(site.get(path).browser().as(site.known("ada")).send().status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void headIsGetWithoutTheBody(Site site) {
    for (String path : new String[] {"/api/auth/status", "/auth/login"}) {
      Answer get = site.get(path).send();
      Answer head = site.call("HEAD", path).send();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
      assertThat(head.header("Content-Length")).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void errorsAreProblemsInJson(Site site) {
    for (Call call :
        new Call[] {
          site.get("/jobs"),
          site.get("/jobs").bearer("x"),
          site.post("/jobs").as(site.known("vera")),
          site.get("/admin/x").as(site.known("vera")),
          site.get("/api/auth/nothing").as(site.known("vera")),
          site.call("PUT", "/api/auth/login"),
          site.post("/api/auth/login").json("[]"),
          site.post("/api/auth/login").body("text/plain", new byte[0])
        }) {
      Answer answer = call.send();
      assertThat(answer.header("Content-Type").orElseThrow().toLowerCase(java.util.Locale.ROOT))
          .matches("application/problem\\+json(;\\s*charset=utf-8)?");
      JsonNode problem = answer.json();
      assertThat(problem.propertyNames())
          .contains("type", "title", "status", "detail", "error")
          .isSubsetOf("type", "title", "status", "detail", "error", "login_url");
      assertThat(problem.get("type").isString()).isTrue();
      assertThat(problem.get("title").asString()).isNotBlank();
      assertThat(problem.get("detail").asString()).isNotBlank();
      assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
      assertThat(problem.get("error").asString()).matches("[a-z_]+");
    }
  }
}

package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The login page works without a script. */
class LoginPageTest {
  private static Call submit(Site site, Answer page, String name, String password, String next) {
    String cookie = page.cookie("taskauth_form").orElseThrow();
    return site.post("/auth/login")
        .browser()
        .cookie(cookie.substring(0, cookie.indexOf(';')))
        .form("_csrf", page.field("_csrf"), "username", name, "password", password, "next", next);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void wrongPasswordShowsTheFormAgainWithTheNameInIt(Site site) {
    Answer page = site.get("/auth/login").browser().send();
    String name = "\"><script>alert(1)</script>&'";
    Answer again = submit(site, page, name, "wrong", site.path("/jobs")).send();
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.text())
        .contains("<form", "The user name or the password is wrong.", "&lt;script>")
        .doesNotContain("<script>", "wrong\"");
    assertThat(again.field("next")).isEqualTo(site.path("/jobs"));
    assertThat(again.cookie("taskauth_session")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void rightPasswordLeadsToWhereOneWanted(Site site) {
    String next = site.path("/jobs?a=b&c=%2F");
    Answer page =
        site.get("/auth/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
            .browser()
            .send();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type").orElseThrow().toLowerCase(java.util.Locale.ROOT))
        .isEqualTo("text/html;charset=utf-8");
    assertThat(page.text()).contains("action=\"" + site.path("/auth/login") + "\"");
    Answer in =
        submit(site, page, "vera", Site.PASSWORD, page.field("next").replace("&amp;", "&")).send();
    assertThat(in.status()).isEqualTo(303);
    assertThat(in.location()).isEqualTo(next);
    assertThat(in.cookie("taskauth_session")).isPresent();
    assertThat(in.cookie("taskauth_csrf")).isPresent();
    assertThat(in.headers("Set-Cookie")).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void formWithoutItsTokenIsShownAgain(Site site) {
    Answer page = site.get("/auth/login").browser().send();
    Answer other = site.get("/auth/login").browser().send();
    String[] fields = {"username", "vera", "password", Site.PASSWORD};
    String cookie = page.cookie("taskauth_form").orElseThrow().replaceAll(";.*", "");
    for (Call call :
        new Call[] {
          site.post("/auth/login").form(fields),
          site.post("/auth/login").cookie(cookie).form(fields),
          site.post("/auth/login").form(with(fields, page.field("_csrf"))),
          site.post("/auth/login").cookie(cookie).form(with(fields, other.field("_csrf"))),
          site.post("/auth/login").cookie("taskauth_form=x.y").form(with(fields, "x.y")),
          site.post("/auth/login")
              .cookie(site.known("olga").csrfCookie().replaceAll(";.*", "").replace("csrf", "form"))
              .form(with(fields, site.known("olga").csrf()))
        }) {
      Answer answer = call.browser().send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(403);
      assertThat(answer.text()).contains("<form", "vera").doesNotContain(Site.PASSWORD);
      assertThat(answer.cookie("taskauth_session")).isEmpty();
    }
  }

  private static String[] with(String[] fields, String csrf) {
    return Stream.concat(Stream.of(fields), Stream.of("_csrf", csrf)).toArray(String[]::new);
  }

  static Stream<Arguments> evil() {
    return Stream.of(
            "https://evil.example",
            "http:evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/%09/evil.example",
            "/%5cevil.example",
            "/%2f/evil.example",
            "/%2fevil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/./../evil",
            "/x/..;/../evil",
            "javascript:alert(1)",
            "data:text/html,x",
            " /jobs",
            "jobs",
            "@evil.example",
            "/jobs\r\nSet-Cookie: a=b",
            "/jobs%0d%0aSet-Cookie:a=b",
            "/gr\u00fcn",
            "/jobs#x",
            "/\"><script>",
            "/" + "a".repeat(2048),
            "/api/auth/login",
            "/api/jobs",
            "/auth/login",
            "/auth/login?next=/x",
            "/auth/logout",
            "/auth/setup")
        .flatMap(next -> Sites.perContainer().map(site -> Arguments.of(site, next)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("evil")
  void evilNextLeadsHome(Site site, String next) {
    String own = next.startsWith("/a") && next.length() < 99 ? site.path(next) : next;
    Answer page =
        site.get("/auth/login?next=" + URLEncoder.encode(own, StandardCharsets.UTF_8))
            .browser()
            .send();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.field("next")).isEmpty();
    Answer in = submit(site, page, "vera", Site.PASSWORD, own).send();
    assertThat(in.status()).as("%s", in).isIn(303, 400);
    if (in.status() == 303) {
      assertThat(in.location()).isIn(site.path("/"), site.path("/evil"));
      assertThat(in.location()).isEqualTo(site.path("/"));
    }
    Answer already =
        site.get("/auth/login?next=" + URLEncoder.encode(own, StandardCharsets.UTF_8))
            .browser()
            .as(site.known("olga"))
            .send();
    assertThat(already.location()).isEqualTo(site.path("/"));
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tooManyFailuresAreAPageToo(Site site) {
    String name = site.freshAccount("viewer");
    for (int i = 0; i < 10; i++) {
      site.post("/api/auth/login").json(Site.credentials(name, "wrong " + i)).send();
    }
    Answer page = site.get("/auth/login").browser().send();
    Answer answer = submit(site, page, name, Site.PASSWORD, "").send();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(answer.text()).contains("<form", "Too many failed attempts");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void malformedFormIsRefusedWithAReason(Site site) {
    for (String body :
        new String[] {"%zz=1", "a", "=b", "a=%ff", "a=1&a=2", "a=1&".repeat(40), "\u0000"}) {
      Answer answer =
          site.post("/auth/login")
              .body("application/x-www-form-urlencoded", body.getBytes(StandardCharsets.ISO_8859_1))
              .send();
      assertThat(answer.status()).as("%s %s", body, answer).isEqualTo(400);
    }
    assertThat(site.post("/auth/login").json("{}").send().status()).isEqualTo(415);
  }
}

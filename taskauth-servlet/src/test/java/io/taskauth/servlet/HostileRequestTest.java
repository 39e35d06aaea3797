package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that only an attacker makes. */
class HostileRequestTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void traceDoesNotEchoTheCookie(Site site) {
    SignedIn vera = site.known("vera");
    for (String path : new String[] {"/jobs", "/public/x", "/auth/login"}) {
      Answer answer = site.call("TRACE", path).as(vera).send();
      assertThat(answer.status()).as(path).isIn(400, 405, 501);
      assertThat(answer.text()).doesNotContain(vera.session());
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void forgedChangeOfAnOpenPathIsAStrangers(Site site) {
    SignedIn vera = site.known("vera");
    Answer forged =
        site.post("/public/form")
            .as(vera)
            .header("Origin", "https://evil.example")
            .header("Sec-Fetch-Site", "cross-site")
            .form("a", "b")
            .send();
    assertThat(forged.status()).isEqualTo(200);
    assertThat(forged.text()).doesNotContain("vera");
    assertThat(site.post("/public/form").as(vera).form("a", "b").send().text())
        .doesNotContain("vera");
    assertThat(site.post("/public/form").meantBy(vera).send().text()).contains("vera");
    assertThat(site.get("/public/form").as(vera).send().text()).contains("vera");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void encodedSemicolonIsAmbiguous(Site site) {
    assertThat(site.get("/public/..%3bx/admin").send().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void loginPageLeavesTheSessionsTokenAlone(Site site) {
    // A link on another site brings no cookies along, and must not replace those of the session.
    Answer page = site.get("/auth/login").browser().header("Sec-Fetch-Site", "cross-site").send();
    assertThat(page.cookie("taskauth_csrf")).isEmpty();
    assertThat(page.cookie("taskauth_form").orElseThrow()).contains("HttpOnly");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Mode: no-cors",
        "Sec-Fetch-Dest: image",
        "Sec-Fetch-Dest: iframe",
        "Sec-Purpose: prefetch",
        "Purpose: prefetch"
      })
  void pictureOrPrefetchSignsNobodyOut(String difference) {
    Site site = Sites.perContainer().findFirst().orElseThrow();
    SignedIn vera = site.signIn("vera");
    Call call = site.get("/auth/logout").browser().as(vera).header("Sec-Fetch-Site", "same-origin");
    String name = difference.substring(0, difference.indexOf(':'));
    if (!name.equals("Sec-Fetch-Mode")) {
      call.header("Sec-Fetch-Mode", "navigate");
    }
    if (!name.equals("Sec-Fetch-Dest")) {
      call.header("Sec-Fetch-Dest", "document");
    }
    Answer asks = call.header(name, difference.substring(name.length() + 2)).send();
    assertThat(asks.text()).contains("Sign out?");
    assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(200);
  }
}

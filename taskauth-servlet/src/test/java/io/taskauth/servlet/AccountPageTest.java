package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing out, one's password and one's sessions without a script. */
class AccountPageTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void logoutAsksWhereTheClickCameFromElsewhere(Site site) {
    SignedIn vera = site.signIn("vera");
    for (String origin : new String[] {"cross-site", "same-site", "none", ""}) {
      Answer asks =
          site.get("/auth/logout").browser().as(vera).header("Sec-Fetch-Site", origin).send();
      assertThat(asks.status()).isEqualTo(200);
      assertThat(asks.text()).contains("Sign out?", "name=\"_csrf\"");
    }
    assertThat(site.get("/auth/logout").browser().as(vera).send().status()).isEqualTo(200);
    assertThat(
            site.call("HEAD", "/auth/logout")
                .browser()
                .as(vera)
                .header("Sec-Fetch-Site", "same-origin")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void logoutHappensAtOnceWhereAPageOfOursWasClicked(Site site) {
    SignedIn vera = site.signIn("vera");
    Answer out =
        site.get("/auth/logout")
            .browser()
            .as(vera)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Sec-Fetch-Mode", "navigate")
            .header("Sec-Fetch-Dest", "document")
            .send();
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.location()).isEqualTo(site.path("/auth/login"));
    assertThat(out.headers("Set-Cookie")).hasSize(2).allMatch(c -> c.contains("Max-Age=0"));
    assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void passwordIsChanged(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn here = site.signIn(name);
    SignedIn there = site.signIn(name);
    Answer wrong = change(site, here, "not it", "another fine one", "another fine one");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).contains("The old password is wrong.", "<form");
    Answer differ = change(site, here, Site.PASSWORD, "another fine one", "yet another one");
    assertThat(differ.status()).isEqualTo(400);
    assertThat(site.get("/jobs").as(there).send().status()).isEqualTo(200);
    Answer done = change(site, here, Site.PASSWORD, "another fine one", "another fine one");
    assertThat(done.status()).isEqualTo(303);
    assertThat(done.location()).isEqualTo(site.path("/auth/account?done=password"));
    assertThat(site.get("/auth/account?done=password").browser().as(here).send().text())
        .contains("Your password is changed");
    assertThat(site.get("/jobs").as(there).send().status()).isEqualTo(401);
  }

  private static Answer change(Site site, SignedIn who, String old, String next, String again) {
    return site.post("/auth/account")
        .browser()
        .as(who)
        .form(
            "_csrf",
            who.csrf(),
            "action",
            "password",
            "old_password",
            old,
            "new_password",
            next,
            "new_password_again",
            again)
        .send();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void sessionsAreEnded(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn here = site.signIn(name);
    SignedIn there = site.signIn(name);
    site.signIn(name);
    Answer page = site.get("/auth/account").browser().as(here).send();
    assertThat(page.text()).contains(there.id(), "End all others", "this one");
    assertThat(page.field("_csrf")).isEqualTo(here.csrf());
    Answer one =
        site.post("/auth/account")
            .as(here)
            .form("_csrf", here.csrf(), "action", "end-session", "session", there.id())
            .send();
    assertThat(one.status()).isEqualTo(303);
    assertThat(site.get("/jobs").as(there).send().status()).isEqualTo(401);
    Answer others =
        site.post("/auth/account")
            .as(here)
            .form("_csrf", here.csrf(), "action", "end-others")
            .send();
    assertThat(others.status()).isEqualTo(303);
    assertThat(site.get("/auth/account").browser().as(here).send().text())
        .doesNotContain("End all others");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void formsNeedTheirTokenAndAKnownAction(Site site) {
    SignedIn vera = site.known("vera");
    Answer forged = site.post("/auth/account").as(vera).form("action", "end-others").send();
    assertThat(forged.error()).isEqualTo("csrf_failed");
    Answer unknown =
        site.post("/auth/account").as(vera).form("_csrf", vera.csrf(), "action", "dance").send();
    assertThat(unknown.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whatBrowsersCallThemselvesIsEscaped(Site site) {
    String name = site.freshAccount("viewer");
    site.post("/api/auth/login")
        .header("User-Agent", "<script>alert(1)</script>")
        .json(Site.credentials(name, Site.PASSWORD))
        .send();
    Answer page = site.get("/auth/account").browser().as(site.signIn(name)).send();
    assertThat(page.text()).contains("&lt;script").doesNotContain("<script>");
  }
}

package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuthBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where nobody signs in with a password, no door takes one. */
class PasswordsOffTest {
  private static Site site;
  private static SignedIn admin;

  @BeforeAll
  static void start() {
    site = Site.custom(Mount.ROOT, TaskAuthBuilder::withoutPasswordLogin, options -> options);
    String boss = site.freshAccount("admin");
    site.store
        .identities()
        .link(
            new io.taskauth.user.LinkedIdentity(
                new io.taskauth.user.Identity("corp", "boss"),
                site.id(boss),
                site.clock.instant()));
    admin = AtProvider.signedIn(site, "corp", "boss", null);
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(403);
    assertThat(answer.error()).isEqualTo("password_login_disabled");
    assertThat(answer.cookie("taskauth_session")).isEmpty();
  }

  @Test
  void everyDoorOfTheApiIsShut() {
    refused(site.post("/api/auth/login").json(Site.credentials("ada", Site.PASSWORD)).send());
    refused(site.post("/api/auth/token").json(Site.credentials("ada", Site.PASSWORD)).send());
    refused(
        site.post("/api/auth/change-password")
            .meantBy(admin)
            .object("old_password", Site.PASSWORD, "new_password", "a long new password")
            .send());
    refused(
        site.post("/api/auth/reset-password")
            .object("token", "A".repeat(43), "new_password", "a long new password")
            .send());
    refused(
        site.post(site.userPath("vera") + "/set-password")
            .meantBy(admin)
            .object("new_password", "a long new password")
            .send());
    refused(site.post(site.userPath("vera") + "/reset-password").meantBy(admin).send());
    refused(
        site.post("/api/auth/users")
            .meantBy(admin)
            .object("username", "withpass", "password", "a long new password")
            .send());
  }

  @Test
  void soIsTheForm() {
    Answer page = site.get("/auth/login").browser().send();
    assertThat(page.text())
        .contains("Sign in with Corp &amp; Sons", "Sign in with Other")
        .doesNotContain("type=\"password\"", "Forgot");
    String cookie = page.cookie("taskauth_form").orElseThrow().replaceAll(";.*", "");
    Answer sent =
        site.post("/auth/login")
            .browser()
            .cookie(cookie)
            .form(
                "_csrf",
                cookie.substring(cookie.indexOf('=') + 1),
                "username",
                "ada",
                "password",
                Site.PASSWORD)
            .send();
    assertThat(sent.status()).isEqualTo(403);
    assertThat(sent.cookie("taskauth_session")).isEmpty();
    assertThat(sent.text()).contains("Nobody signs in with a password here");
    assertThat(site.get("/auth/account").browser().as(admin).send().text())
        .doesNotContain("type=\"password\"");
    assertThat(site.get("/auth/admin/users/" + site.id("vera")).browser().as(admin).send().text())
        .doesNotContain("type=\"password\"", "reset-link");
    assertThat(site.get("/auth/admin/users").browser().as(admin).send().text())
        .doesNotContain("type=\"password\"");
  }

  @Test
  void linkForChoosingOneLeadsToNoForm() {
    for (String query : new String[] {"", "?token=" + "A".repeat(43)}) {
      Answer page = site.get("/auth/reset" + query).browser().send();
      assertThat(page.status()).isEqualTo(403);
      assertThat(page.text())
          .contains("Nobody signs in with a password here")
          .doesNotContain("<form", "Ask an administrator");
    }
  }

  @Test
  void clientsAreTold() {
    assertThat(site.get("/api/auth/status").send().json().get("password_enabled").asBoolean())
        .isFalse();
    assertThat(site.get("/api/auth/providers").send().text())
        .isEqualTo(
            "{\"password_enabled\":false,\"providers\":["
                + "{\"slot\":\"corp\",\"label\":\"Corp & Sons\",\"type\":\"stub\"},"
                + "{\"slot\":\"other\",\"label\":\"Other\",\"type\":\"stub\"}]}");
    assertThat(
            Sites.one()
                .get("/api/auth/providers")
                .send()
                .json()
                .get("password_enabled")
                .asBoolean())
        .isTrue();
  }

  @Test
  void accountIsMadeWithoutALink() {
    Answer made = site.post("/api/auth/users").meantBy(admin).object("username", "nolink").send();
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text()).doesNotContain("reset_");
  }

  @Test
  void setUpIsNoDoorEither() {
    Site empty =
        Site.emptyWith(auth -> auth.withoutPasswordLogin().administratorEmails("Boss@Example.com"));
    try {
      refused(
          empty
              .post("/api/auth/setup")
              .json(Site.credentials("first", "a long new password"))
              .send());
      Answer page = empty.get("/auth/setup").browser().send();
      assertThat(page.text())
          .contains("Sign in with Corp &amp; Sons")
          .doesNotContain("type=\"password\"");
      empty.corp.on("stranger", StubProvider.person("stranger"));
      Answer stranger = AtProvider.depart(empty, "corp", "").back("stranger").send();
      assertThat(stranger.location()).contains("error=oauth_denied");
      // The login page leads on to the set-up page, and what it had to say goes with it.
      Answer on = empty.raw("GET", stranger.location()).browser().send();
      assertThat(empty.raw("GET", on.location()).browser().send().text())
          .contains("none of those that may sign in here");
      empty.corp.on(
          "boss",
          new io.taskauth.provider.ProviderAnswer.Vouched(
              "boss", "boss@example.COM", true, null, null, null));
      Answer in = AtProvider.depart(empty, "corp", "").back("boss").send();
      assertThat(in.cookie("taskauth_session")).isPresent();
      assertThat(empty.get("/api/auth/status").send().json().get("setup_required").asBoolean())
          .isFalse();
    } finally {
      empty.stop();
    }
  }
}

package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first administrator is made without a script. */
class SetupPageTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void administratorIsMadeAndSignedIn(Kind kind) {
    Site site = Site.empty(kind, Mount.CONTEXT);
    try {
      Answer page = site.get("/auth/setup?next=%2Ftools%2Fqueue%2Fjobs").browser().send();
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.field("next")).isEqualTo("/tools/queue/jobs");
      Answer stale = form(site, page, "wrong", "ada", Site.PASSWORD, Site.PASSWORD);
      assertThat(stale.status()).isEqualTo(403);
      Answer differ = form(site, page, page.field("_csrf"), "<i>ada", Site.PASSWORD, "other one!");
      assertThat(differ.status()).isEqualTo(400);
      assertThat(differ.text()).contains("not the same", "&lt;i>ada").doesNotContain("<i>");
      Answer poor = form(site, page, page.field("_csrf"), "ada", "password1", "password1");
      assertThat(poor.status()).isEqualTo(400);
      assertThat(poor.text()).contains("most common");
      Answer badName = form(site, page, page.field("_csrf"), "a b", Site.PASSWORD, Site.PASSWORD);
      assertThat(badName.status()).isEqualTo(400);
      assertThat(site.auth.isSetupRequired()).isTrue();
      Answer made = form(site, page, page.field("_csrf"), "ada", Site.PASSWORD, Site.PASSWORD);
      assertThat(made.status()).as("%s", made).isEqualTo(303);
      assertThat(made.location()).isEqualTo("/tools/queue/jobs");
      String cookie = made.cookie("taskauth_session").orElseThrow().replaceAll(";.*", "");
      assertThat(site.get("/admin/x").cookie(cookie).send().text()).contains("user=ada");
      Answer late = form(site, page, page.field("_csrf"), "eve", Site.PASSWORD, Site.PASSWORD);
      assertThat(late.location()).isEqualTo("/tools/queue/auth/login");
      assertThat(late.cookie("taskauth_session")).isEmpty();
    } finally {
      site.stop();
    }
  }

  private static Answer form(
      Site site, Answer page, String csrf, String name, String password, String again) {
    return site.post("/auth/setup")
        .browser()
        .cookie(page.cookie("taskauth_form").orElseThrow().replaceAll(";.*", ""))
        .form(
            "_csrf",
            csrf,
            "next",
            page.field("next"),
            "username",
            name,
            "password",
            password,
            "password_again",
            again)
        .send();
  }
}

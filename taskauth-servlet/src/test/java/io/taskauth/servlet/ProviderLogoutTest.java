package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing out, told from one side to the other. */
class ProviderLogoutTest {
  private static Answer told(Site site, String slot, String token) {
    return site.post("/api/auth/oauth/backchannel-logout/" + slot)
        .form("logout_token", token)
        .send();
  }

  private static int status(Site site, SignedIn who) {
    return site.get("/api/auth/whoami").as(who).send().status();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void providerEndsWhatItBegan(Site site) {
    String person = "out-" + site.kind + "-" + site.mount;
    SignedIn first = AtProvider.signedIn(site, "corp", person, person + "-s1");
    SignedIn second = AtProvider.signedIn(site, "corp", person, person + "-s2");
    SignedIn elsewhere = AtProvider.signedIn(site, "other", person, person + "-s1");
    Answer one = told(site, "corp", "sid " + person + "-s1 " + person + "j1");
    assertThat(one.status()).as("%s", one).isEqualTo(200);
    assertThat(one.header("Cache-Control")).contains("no-store");
    assertThat(status(site, first)).isEqualTo(401);
    assertThat(status(site, second)).isEqualTo(200);
    assertThat(told(site, "corp", "sub " + person + " " + person + "j2").status()).isEqualTo(200);
    assertThat(status(site, second)).isEqualTo(401);
    assertThat(status(site, elsewhere)).isEqualTo(200);
  }

  @Test
  void tokenIsGoodOnceAndOnlyWhereItHolds() {
    Site site = Sites.one();
    assertThat(told(site, "corp", "sub replayed once").status()).isEqualTo(200);
    SignedIn in = AtProvider.signedIn(site, "corp", "replayed", null);
    assertThat(told(site, "corp", "sub replayed once").error()).isEqualTo("invalid_request");
    assertThat(told(site, "corp", "made up").error()).isEqualTo("invalid_request");
    assertThat(told(site, "other", "sub replayed twice").status()).isEqualTo(200);
    assertThat(told(site, "nobody", "sub replayed thrice").status()).isEqualTo(404);
    assertThat(site.post("/api/auth/oauth/backchannel-logout/corp").json("{}").send().status())
        .isEqualTo(415);
    assertThat(status(site, in)).isEqualTo(200);
    assertThat(site.get("/api/auth/audit").as(site.known("ada")).send().text())
        .contains("\"event\":\"oauth_logout_refused\"", "\"reason\":\"replayed\"");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void signOutGoesOnAtTheProvider(Site site) {
    SignedIn program = AtProvider.signedIn(site, "corp", "leaver", null);
    String back = "https://idp.example/logout?back=http://127.0.0.1:" + site.port();
    Answer json = site.post("/api/auth/logout").meantBy(program).send();
    assertThat(json.json().get("logout_url").asString()).isEqualTo(back + site.path("/auth/login"));
    SignedIn person = AtProvider.signedIn(site, "corp", "leaver", null);
    Answer page = site.post("/auth/logout").filledBy(person).send();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("You are signed out", "content=\"0; url=" + back + site.path("/auth/login"))
        .contains("Corp &amp; Sons");
    assertThat(page.cookie("taskauth_session").orElseThrow()).contains("Max-Age=0");
    assertThat(status(site, person)).isEqualTo(401);
  }

  @Test
  void whoeverCameOtherwiseIsNotSentThere() {
    Site site = Sites.one();
    SignedIn byPassword = site.signIn(site.freshAccount("viewer"));
    assertThat(site.post("/api/auth/logout").meantBy(byPassword).send().json().size()).isEqualTo(1);
    SignedIn byOther = AtProvider.signedIn(site, "other", "leaver", null);
    assertThat(site.post("/auth/logout").filledBy(byOther).send().location())
        .isEqualTo("/auth/login");
  }
}

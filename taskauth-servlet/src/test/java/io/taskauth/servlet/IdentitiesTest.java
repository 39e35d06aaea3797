package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Administrators say which identity signs in to which account. */
class IdentitiesTest {
  private static Answer link(Site site, String path, String slot, String subject) {
    return site.post(path)
        .meantBy(site.known("ada"))
        .object("slot", slot, "subject", subject)
        .send();
  }

  @Test
  void linkedIdentitySignsInToTheAccountUntilItIsTakenOff() {
    Site site = Sites.one();
    String name = site.freshAccount("operator");
    String path = site.userPath(name) + "/identities";
    Answer linked = link(site, path, "corp", "linked|1/2");
    assertThat(linked.status()).as("%s", linked).isEqualTo(201);
    String id = linked.json().get("id").asString();
    SignedIn in = AtProvider.signedIn(site, "corp", "linked|1/2", null);
    Answer who = site.get("/api/auth/whoami").as(in).send();
    assertThat(who.json().at("/user/username").asString()).isEqualTo(name);
    assertThat(who.json().at("/user/role").asString()).isEqualTo("operator");
    assertThat(who.json().at("/user/display_name").isNull()).isTrue();
    assertThat(site.get(path).as(site.known("ada")).send().json().at("/items/0/subject").asString())
        .isEqualTo("linked|1/2");

    SignedIn byPassword = site.signIn(name);
    Answer off = site.call("DELETE", path + "/" + id).meantBy(site.known("ada")).send();
    assertThat(off.status()).isEqualTo(204);
    assertThat(site.get("/api/auth/whoami").as(in).send().status()).isEqualTo(401);
    assertThat(site.get("/api/auth/whoami").as(byPassword).send().status()).isEqualTo(200);
    assertThat(site.call("DELETE", path + "/" + id).meantBy(site.known("ada")).send().error())
        .isEqualTo("not_found");
    assertThat(site.get("/api/auth/audit").as(site.known("ada")).send().text())
        .contains("\"event\":\"identity_linked\"", "\"event\":\"identity_unlinked\"", "linked|1/2");
  }

  @Test
  void identityBelongsToOneAccountAndAnAccountKeepsItsOnlyWayIn() {
    Site site = Sites.one();
    SignedIn in = AtProvider.signedIn(site, "corp", "only", null);
    String own = site.userPath("corp:only") + "/identities";
    String others = site.userPath(site.freshAccount("viewer")) + "/identities";
    assertThat(link(site, others, "corp", "only").error()).isEqualTo("conflict");
    String id = site.get(own).as(site.known("ada")).send().json().at("/items/0/id").asString();
    Answer off = site.call("DELETE", own + "/" + id).meantBy(site.known("ada")).send();
    assertThat(off.error()).isEqualTo("conflict");
    assertThat(site.get("/api/auth/whoami").as(in).send().status()).isEqualTo(200);
    assertThat(link(site, own, "other", "second").status()).isEqualTo(201);
    assertThat(site.call("DELETE", own + "/" + id).meantBy(site.known("ada")).send().status())
        .isEqualTo(204);
    // The account of that name is still there, and is not given to whoever comes with the name.
    site.corp.on("again", StubProvider.person("only"));
    assertThat(AtProvider.depart(site, "corp", "").back("again").send().location())
        .contains("error=oauth_denied");
  }

  @Test
  void whatIsNoIdentityIsRefusedByField() {
    Site site = Sites.one();
    String path = site.userPath(site.freshAccount("viewer")) + "/identities";
    assertThat(link(site, path, "nobody", "x").text()).contains("'slot' must be one of: corp, ");
    assertThat(link(site, path, "corp", "with blank").text()).contains("'subject' must be");
    assertThat(link(site, path, "corp", "").text()).contains("'subject'");
    String gone = "/api/auth/users/01890000-0000-7000-8000-000000000000/identities";
    assertThat(link(site, gone, "corp", "x").status()).isEqualTo(404);
  }

  @Test
  void onlyAdministratorsAndNoTokenLinks() {
    Site site = Sites.one();
    String path = site.userPath(site.freshAccount("viewer")) + "/identities";
    assertThat(
            site.post(path)
                .meantBy(site.known("olga"))
                .object("slot", "corp", "subject", "x")
                .send()
                .error())
        .isEqualTo("forbidden");
    assertThat(
            site.post(path)
                .bearer(site.token("ada").secret())
                .object("slot", "corp", "subject", "x")
                .send()
                .error())
        .isEqualTo("session_required");
    assertThat(site.get(path).bearer(site.token("ada").secret()).send().status()).isEqualTo(200);
  }

  @Test
  void pageLinksAndTakesOffWithoutAScript() {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    String page = "/auth/admin/users/" + site.id(name);
    SignedIn ada = site.known("ada");
    Answer done =
        site.post(page)
            .filledBy(ada, "action", "link-identity", "slot", "corp", "subject", " <b>page ")
            .send();
    assertThat(done.status()).as("%s", done).isEqualTo(303);
    Answer shown = site.get(page + "?done=linked").browser().as(ada).send();
    assertThat(shown.text()).contains("Corp &amp; Sons", "&lt;b>page", "signs in to this account");
    Answer again =
        site.post(page)
            .filledBy(ada, "action", "link-identity", "slot", "corp", "subject", "<b>page")
            .send();
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains("signs in to an account already");
    Answer off =
        site.post(page)
            .filledBy(ada, "action", "unlink-identity", "identity", shown.field("identity"))
            .send();
    assertThat(off.location()).endsWith("?done=unlinked");
    assertThat(site.get(page).browser().as(ada).send().text()).doesNotContain("&lt;b>page");
  }

  @Test
  void passwordNeverWorksForAnAccountOfAProvider() {
    Site site = Sites.one();
    SignedIn in = AtProvider.signedIn(site, "corp", "nopass", null);
    SignedIn ada = site.known("ada");
    String path = site.userPath("corp:nopass");
    assertThat(
            site.post(path + "/set-password")
                .meantBy(ada)
                .object("new_password", "a long new password")
                .send()
                .error())
        .isEqualTo("conflict");
    assertThat(site.post(path + "/reset-password").meantBy(ada).send().error())
        .isEqualTo("conflict");
    assertThat(
            site.post("/api/auth/change-password")
                .meantBy(in)
                .object("old_password", "", "new_password", "a long new password")
                .send()
                .error())
        .isIn("conflict", "invalid_request");
    assertThat(
            site.post("/api/auth/login")
                .json(Site.credentials("corp:nopass", "a long new password"))
                .send()
                .error())
        .isEqualTo("invalid_credentials");
    assertThat(
            site.post("/api/auth/users")
                .meantBy(ada)
                .object("username", "corp:made")
                .send()
                .error())
        .isEqualTo("invalid_request");
  }
}

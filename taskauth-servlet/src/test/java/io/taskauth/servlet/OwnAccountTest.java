package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators may not do to their own account, and which ids there are. */
class OwnAccountTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nobodyDeactivatesThemselves(Site site) {
    SignedIn ada = site.known("ada");
    String path = site.userPath("ada");
    String token = site.token("ada", "admin").secret();
    for (Call call :
        new Call[] {
          site.post(path + "/deactivate").meantBy(ada),
          site.post(path + "/deactivate").bearer(token),
          site.call("PATCH", path).meantBy(ada).object("active", false),
          site.call("PATCH", path).meantBy(ada).object("active", false, "role", "viewer")
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(409);
      assertThat(answer.error()).isEqualTo("self_deactivation");
    }
    assertThat(site.get(path).as(ada).send().json().get("role").asString()).isEqualTo("admin");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nobodyDeletesThemselves(Site site) {
    SignedIn ada = site.known("ada");
    String token = site.token("ada", "admin").secret();
    String path = site.userPath("ada");
    assertThat(site.call("DELETE", path).meantBy(ada).send().error()).isEqualTo("self_deletion");
    assertThat(site.call("DELETE", path).bearer(token).send().error()).isEqualTo("self_deletion");
    Answer page =
        site.post("/auth/admin/users/" + site.id("ada")).filledBy(ada, "action", "delete").send();
    assertThat(page.status()).isEqualTo(409);
    assertThat(page.text()).contains("You cannot delete your own account.");
    assertThat(site.get("/jobs").as(ada).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ownPasswordTakesTheOldOne(Site site) {
    SignedIn ada = site.known("ada");
    String token = site.token("ada", "admin").secret();
    String path = site.userPath("ada");
    String page = "/auth/admin/users/" + site.id("ada");
    for (Call call :
        new Call[] {
          site.post(path + "/set-password").meantBy(ada).object("new_password", "a fine new one"),
          site.post(path + "/set-password").bearer(token).object("new_password", "a fine new one"),
          site.post(path + "/reset-password").meantBy(ada),
          site.post(path + "/reset-password").bearer(token)
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(409);
      assertThat(answer.error()).isEqualTo("conflict");
      assertThat(answer.text()).contains("on your account page").doesNotContain("reset_token");
    }
    for (Call call :
        new Call[] {
          site.post(page).filledBy(ada, "action", "set-password", "new_password", "a fine new one"),
          site.post(page).filledBy(ada, "action", "reset-link")
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(409);
      assertThat(answer.text()).doesNotContain("/auth/reset?token=");
    }
    assertThat(site.signIn("ada")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-7000-8000-000000000000",
        "1-1-1-1-1",
        "x",
        "ada",
        "%20",
        "..%2e",
        "0198c0de",
        "*",
        "%C3%BC",
        "00000000-0000-7000-8000-00000000000G"
      })
  void thereIsNobodyOfThatId(String id) {
    Site site = Sites.one();
    SignedIn ada = site.known("ada");
    String path = "/api/auth/users/" + id;
    for (Call call :
        new Call[] {
          site.get(path).as(ada),
          site.call("PATCH", path).meantBy(ada).object("role", "viewer"),
          site.call("DELETE", path).meantBy(ada),
          site.post(path + "/activate").meantBy(ada),
          site.post(path + "/deactivate").meantBy(ada),
          site.post(path + "/reset-password").meantBy(ada),
          site.post(path + "/set-password").meantBy(ada).object("new_password", "a fine new one"),
          site.call("DELETE", path + "/sessions").meantBy(ada)
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(404);
      assertThat(answer.error()).isEqualTo("not_found");
    }
    Answer page = site.get("/auth/admin/users/" + id).browser().as(ada).send();
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("There is no user with this id.");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void passwordThatIsSetKeepsTheRules(Site site) {
    String name = site.freshAccount("viewer");
    String path = site.userPath(name) + "/set-password";
    for (Object[] fields :
        new Object[][] {
          {},
          {"new_password", null},
          {"new_password", 7},
          {"new_password", "short"},
          {"new_password", "password123"},
          {"new_password", "é".repeat(257)},
          {"new_password", "a fine new one", "role", "admin"},
        }) {
      Answer answer = site.post(path).meantBy(site.known("ada")).object(fields).send();
      assertThat(answer.status()).as("%s %s", fields, answer).isEqualTo(400);
    }
    assertThat(site.signIn(name)).isNotNull();
    Answer done =
        site.post(path).meantBy(site.known("ada")).object("new_password", "a fine new one").send();
    assertThat(done.status()).isEqualTo(204);
    assertThat(done.body()).isEmpty();
    assertThat(site.signIn(name, "a fine new one")).isNotNull();
    assertThat(
            site.post("/api/auth/login").json(Site.credentials(name, Site.PASSWORD)).send().error())
        .isEqualTo("invalid_credentials");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void sessionsOfAUserEndAndAreCounted(Site site) {
    String name = site.freshAccount("viewer");
    site.signIn(name);
    site.signIn(name);
    String path = site.userPath(name) + "/sessions";
    Answer ended = site.call("DELETE", path).meantBy(site.known("ada")).send();
    assertThat(ended.json().get("sessions_revoked").asInt()).isEqualTo(2);
    Answer none = site.call("DELETE", path).meantBy(site.known("ada")).send();
    assertThat(none.json().get("sessions_revoked").asInt()).isZero();
  }
}

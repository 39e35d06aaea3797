package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.Role;
import io.taskauth.user.UserChange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to an account is heeded by the very next request. */
class AccountChangeTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void newRoleCountsAtOnce(Site site) {
    String name = site.freshAccount("operator");
    SignedIn who = site.signIn(name);
    assertThat(site.post("/run/x").meantBy(who).send().status()).isEqualTo(200);
    site.change(name, UserChange.nothing().role(new Role("viewer")));
    assertThat(site.post("/run/x").meantBy(who).send().error()).isEqualTo("forbidden");
    site.change(name, UserChange.nothing().role(new Role("admin")));
    assertThat(site.get("/admin/x").as(who).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void deactivationEndsEverythingAtOnce(Site site) {
    String name = site.freshAccount("operator");
    SignedIn who = site.signIn(name);
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(200);
    site.change(name, UserChange.nothing().deactivate(site.clock.instant(), null));
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").bearer(who.token()).send().status()).isEqualTo(401);
    Answer login = site.post("/api/auth/login").json(Site.credentials(name, Site.PASSWORD)).send();
    assertThat(login.status()).isEqualTo(401);
    assertThat(login.error()).isEqualTo("invalid_credentials");
    site.change(name, UserChange.nothing().activate());
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void deletionEndsEverythingAtOnce(Site site) {
    String name = site.freshAccount("operator");
    SignedIn who = site.signIn(name);
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(200);
    site.store.users().delete(site.id(name), new Role("admin"));
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void passwordChangeEndsTheOtherSessionsAtOnce(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn here = site.signIn(name);
    SignedIn there = site.signIn(name);
    assertThat(site.get("/jobs").as(there).send().status()).isEqualTo(200);
    Answer changed =
        site.post("/api/auth/change-password")
            .meantBy(here)
            .json(
                "{\"old_password\":\""
                    + Site.PASSWORD
                    + "\",\"new_password\":\"another fine one\"}")
            .send();
    assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    assertThat(changed.json().get("sessions_revoked").asInt()).isEqualTo(1);
    assertThat(site.get("/jobs").as(there).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").as(here).send().status()).isEqualTo(200);
    assertThat(site.signIn(name, "another fine one")).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void endedSessionIsOverAtOnce(Site site) {
    SignedIn here = site.signIn("vera");
    SignedIn there = site.signIn("vera");
    assertThat(site.get("/jobs").as(there).send().status()).isEqualTo(200);
    Answer ended = site.call("DELETE", "/api/auth/sessions/" + there.id()).meantBy(here).send();
    assertThat(ended.status()).as("%s", ended).isEqualTo(200);
    assertThat(site.get("/jobs").as(there).send().error()).isEqualTo("session_expired");
    assertThat(site.get("/jobs").as(here).send().status()).isEqualTo(200);
  }
}

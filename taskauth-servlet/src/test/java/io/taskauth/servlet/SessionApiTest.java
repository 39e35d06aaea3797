package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Coming in, going out, and who it is. */
class SessionApiTest {
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void statusSaysWhatThereIs(Site site) {
    Answer answer = site.get("/api/auth/status").send();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo("{\"auth_enabled\":true,\"setup_required\":false,\"password_enabled\":true}");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void wrongPasswordAndUnknownNameAreTheSameAnswer(Site site) {
    String name = site.freshAccount("viewer");
    Answer wrong = site.post("/api/auth/login").json(Site.credentials(name, "not this one")).send();
    Answer unknown =
        site.post("/api/auth/login").json(Site.credentials("nobody", "not this one")).send();
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.error()).isEqualTo("invalid_credentials");
    assertThat(wrong.text()).isEqualTo(unknown.text());
    assertThat(wrong.headers("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void loginAnswersWithUserAndSession(Site site) {
    Answer answer =
        site.post("/api/auth/login").json(Site.credentials("  OLGA ", Site.PASSWORD)).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    JsonNode user = answer.json().get("user");
    assertThat(user.propertyNames())
        .containsExactly(
            "id",
            "username",
            "email",
            "display_name",
            "role",
            "active",
            "created_at",
            "last_login_at",
            "deactivated_at",
            "deactivated_by",
            "origin");
    assertThat(user.get("username").asString()).isEqualTo("olga");
    assertThat(user.get("role").asString()).isEqualTo("operator");
    assertThat(user.get("created_at").asString()).matches(INSTANT);
    JsonNode session = answer.json().get("session");
    assertThat(session.propertyNames()).containsExactly("id", "expires_at", "csrf_token");
    assertThat(session.get("expires_at").asString()).matches(INSTANT);
    assertThat(session.get("csrf_token").asString()).isEqualTo(Site.signedIn(answer).csrf());
    assertThat(answer.text()).doesNotContain("argon2", "hash", Site.PASSWORD);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsASessionWithoutCookies(Site site) {
    Answer answer =
        site.post("/api/auth/token").json(Site.credentials("vera", Site.PASSWORD)).send();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    assertThat(answer.json().propertyNames())
        .containsExactly("access_token", "token_type", "expires_at", "user");
    assertThat(answer.json().get("token_type").asString()).isEqualTo("bearer");
    String token = answer.json().get("access_token").asString();
    JsonNode who = site.get("/api/auth/whoami").bearer(token).send().json();
    assertThat(who.at("/user/username").asString()).isEqualTo("vera");
    assertThat(who.has("csrf_token")).isFalse();
    assertThat(site.post("/api/auth/logout").bearer(token).send().status()).isEqualTo(200);
    assertThat(site.get("/jobs").bearer(token).send().error()).isEqualTo("invalid_token");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whoamiTellsWhoAndHowLong(Site site) {
    SignedIn vera = site.known("vera");
    JsonNode who = site.get("/api/auth/whoami").as(vera).send().json();
    assertThat(who.at("/user/role").asString()).isEqualTo("viewer");
    assertThat(who.get("via").asString()).isEqualTo("session");
    assertThat(who.get("scopes").isArray()).isTrue();
    assertThat(who.get("csrf_token").asString()).isEqualTo(vera.csrf());
    assertThat(who.get("expires_at").asString()).matches(INSTANT);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void logoutEndsTheSessionAndTakesTheCookies(Site site) {
    SignedIn vera = site.signIn("vera");
    assertThat(site.post("/api/auth/logout").send().error()).isEqualTo("not_authenticated");
    assertThat(site.post("/api/auth/logout").as(vera).send().error()).isEqualTo("csrf_failed");
    Answer out = site.post("/api/auth/logout").meantBy(vera).send();
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.text()).isEqualTo("{\"ok\":true}");
    assertThat(out.headers("Set-Cookie")).hasSize(2).allMatch(c -> c.contains("Max-Age=0"));
    assertThat(site.get("/jobs").as(vera).send().error()).isEqualTo("session_expired");
    assertThat(site.get("/jobs").bearer(vera.token()).send().error()).isEqualTo("invalid_token");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void loginGivesANewSessionAndEndsTheOldOne(Site site) {
    SignedIn old = site.signIn("vera");
    Answer again =
        site.post("/api/auth/login").as(old).json(Site.credentials("vera", Site.PASSWORD)).send();
    SignedIn fresh = Site.signedIn(again);
    assertThat(fresh.id()).isNotEqualTo(old.id());
    assertThat(fresh.csrf()).isNotEqualTo(old.csrf());
    assertThat(site.get("/jobs").as(old).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").as(fresh).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void plantedCookieIsWorthNothingAfterTheLogin(Site site) {
    SignedIn attacker = site.signIn(site.freshAccount("viewer"));
    Answer login =
        site.post("/api/auth/login")
            .as(attacker)
            .json(Site.credentials("vera", Site.PASSWORD))
            .send();
    SignedIn victim = Site.signedIn(login);
    assertThat(victim.token()).isNotEqualTo(attacker.token());
    assertThat(site.get("/jobs").as(attacker).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").as(victim).send().text()).contains("user=vera");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tooManyFailuresHaveToWait(Site site) {
    String name = site.freshAccount("viewer");
    for (int i = 0; i < 10; i++) {
      site.post("/api/auth/login").json(Site.credentials(name, "wrong " + i)).send();
    }
    for (String path : new String[] {"/api/auth/login", "/api/auth/token"}) {
      Answer answer = site.post(path).json(Site.credentials(name, Site.PASSWORD)).send();
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.error()).isEqualTo("too_many_attempts");
      assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 901);
      assertThat(answer.headers("Set-Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void setupIsOverOnceThereIsSomebody(Site site) {
    Answer answer =
        site.post("/api/auth/setup").json(Site.credentials("second", Site.PASSWORD)).send();
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.error()).isEqualTo("setup_complete");
  }
}

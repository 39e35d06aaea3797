package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A script uses its token anywhere in the host, without cookies and without a CSRF token. */
class TokenUseTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void anyMethodReachesTheHostAsTheOwner(Site site) {
    String token = site.token("olga").secret();
    for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
      Answer answer =
          site.call(method, "/run/x")
              .bearer(token)
              .header("Origin", "https://elsewhere.example")
              .send();
      assertThat(answer.status()).as("%s %s", method, answer).isEqualTo(200);
      assertThat(answer.text())
          .contains(
              "method=" + method,
              "user=olga",
              "principal=olga",
              "roles=viewer,operator\n",
              "scopes=read,admin,deploy\n");
    }
    assertThat(site.get("/admin/x").bearer(token).send().error()).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void hostIsToldTheScopes(Site site) {
    assertThat(site.get("/jobs").bearer(site.token("vera", "read").secret()).send().text())
        .contains("scopes=read\n", "roles=viewer\n");
    assertThat(
            site.get("/jobs").bearer(site.token("vera", "deploy", "admin").secret()).send().text())
        .contains("scopes=admin,deploy\n", "roles=viewer\n");
    assertThat(site.get("/jobs").as(site.known("vera")).send().text())
        .contains("scopes=read,admin,deploy\n");
    assertThat(site.get("/public/x").send().text()).contains("scopes=\n");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whoamiTellsWhatTheTokenMayDo(Site site) {
    JsonNode who =
        site.get("/api/auth/whoami").bearer(site.token("vera", "read").secret()).send().json();
    assertThat(who.get("via").asString()).isEqualTo("pat");
    assertThat(who.at("/user/username").asString()).isEqualTo("vera");
    assertThat(who.get("scopes").toString()).isEqualTo("[\"read\"]");
    assertThat(who.get("expires_at").asString()).endsWith("Z");
    assertThat(who.has("csrf_token")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void cookieBesideTheTokenDoesNotCount(Site site) {
    Answer answer =
        site.post("/run/x").as(site.known("ada")).bearer(site.token("vera").secret()).send();
    assertThat(answer.error()).isEqualTo("forbidden");
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void schemeMayBeWrittenInAnyCase() {
    Site site = Sites.one();
    for (String scheme : new String[] {"bearer", "BEARER", "bEaReR"}) {
      assertThat(
              site.get("/jobs")
                  .header("Authorization", scheme + " " + site.token("vera").secret())
                  .send()
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void lastUseIsShownToTheMinute() {
    Site site = Site.ofItsOwn();
    try {
      SignedIn vera = site.known("vera");
      MadeToken token = site.makeToken(vera, "script");
      String path = "/api/auth/tokens/" + token.id();
      assertThat(site.get(path).as(vera).send().json().get("last_used_at").isNull()).isTrue();
      Call use = site.get("/jobs").bearer(token.secret()).header("X-Forwarded-For", "192.0.2.7");
      use.send();
      JsonNode first = site.get(path).as(vera).send().json();
      assertThat(first.get("last_used_at").asString()).isEqualTo("2026-03-01T12:00:00.000Z");
      assertThat(first.get("last_used_ip").asString()).isEqualTo("192.0.2.7");
      site.clock.advance(Duration.ofSeconds(59));
      use.send();
      assertThat(site.get(path).as(vera).send().json()).isEqualTo(first);
      site.clock.advance(Duration.ofSeconds(2));
      site.get("/jobs").bearer(token.secret()).header("X-Forwarded-For", "192.0.2.8").send();
      JsonNode later = site.get(path).as(vera).send().json();
      assertThat(later.get("last_used_at").asString()).isEqualTo("2026-03-01T12:01:01.000Z");
      assertThat(later.get("last_used_ip").asString()).isEqualTo("192.0.2.8");
      assertThat(site.get("/auth/account").browser().as(vera).send().text())
          .contains("from 192.0.2.8");
    } finally {
      site.stop();
    }
  }
}

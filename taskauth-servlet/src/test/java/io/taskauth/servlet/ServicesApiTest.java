package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Administrators make, replace and remove the tokens of machines. */
class ServicesApiTest {
  private static final String ALL = "/api/auth/admin/services";
  private Site site;

  @BeforeEach
  void start() {
    site = Site.ofItsOwn();
  }

  @AfterEach
  void stop() {
    site.stop();
  }

  private Call byAda(String method, String path) {
    return site.call(method, path).meantBy(site.known("ada"));
  }

  private Answer drain(String token) {
    return site.get("/drain").bearer(token).send();
  }

  private Answer rotate(String id, int overlapSeconds) {
    return byAda("POST", ALL + "/" + id + "/rotate")
        .object("overlap_seconds", overlapSeconds)
        .send();
  }

  private JsonNode shown(String id) {
    return byAda("GET", ALL + "/" + id).send().json();
  }

  @Test
  void whoeverIsSignedOutWhileAnAccountIsMadeKeepsNone() {
    Call late = byAda("POST", ALL).object("name", "late", "scopes", List.of("drain"));
    site.store.beforeNext("create", () -> site.auth.sessions().endAll(site.id("ada"), null));
    Answer refused = late.send();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.error()).isEqualTo("session_expired");
    assertThat(refused.text()).doesNotContain("taskauth_svc_");
    assertThat(site.store.services().all()).isEmpty();
  }

  @Test
  void whoeverIsSignedOutWhileATokenIsReplacedIsNotToldTheNewOne() {
    MadeToken first = site.service("deploy", "drain");
    Call late = byAda("POST", ALL + "/" + first.id() + "/rotate").object("overlap_seconds", 60);
    site.store.beforeNext("rotate", () -> site.auth.sessions().endAll(site.id("ada"), null));
    Answer refused = late.send();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).doesNotContain("taskauth_svc_");
    assertThat(drain(first.secret()).status()).as("the one that is known").isEqualTo(200);
  }

  @Test
  void accountIsMadeShownOnceAndWorks() {
    Answer made =
        byAda("POST", ALL)
            .object("name", "deploy", "scopes", List.of("drain", "metrics"), "expires_in_days", 30)
            .send();
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Cache-Control")).contains("no-store");
    String id = made.json().get("id").asString();
    String token = made.json().get("token").asString();
    assertThat(made.location()).isEqualTo(site.path(ALL + "/" + id));
    assertThat(token).startsWith("taskauth_svc_");
    assertThat(drain(token).text()).contains("user=service:deploy\n", "roles=\n");

    for (Answer later : List.of(byAda("GET", ALL).send(), byAda("GET", ALL + "/" + id).send())) {
      assertThat(later.text())
          .contains("\"name\":\"deploy\"", "\"created_by\":\"ada\"", "2026-03-31T12:00:00.000Z")
          .contains("\"scopes\":[\"drain\",\"metrics\"]", "\"previous_prefix\":null")
          .doesNotContain("taskauth_svc_", "hash", "\"token\"", token.substring(13));
    }
  }

  @Test
  void listIsInTheOrderOfNames() {
    for (String name : List.of("b", "c", "a")) {
      site.service(name, "drain");
    }
    assertThat(byAda("GET", ALL).send().json().get("items").valueStream())
        .extracting(item -> item.get("name").asString())
        .containsExactly("a", "b", "c");
  }

  @Test
  void nameIsTakenOnce() {
    MadeToken first = site.service("deploy", "drain");
    Answer second = byAda("POST", ALL).object("name", "deploy", "scopes", List.of("x")).send();
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.error()).isEqualTo("conflict");
    assertThat(second.text()).doesNotContain("taskauth_svc_");
    assertThat(drain(first.secret()).status()).isEqualTo(200);
    byAda("DELETE", ALL + "/" + first.id()).send();
    assertThat(drain(site.service("deploy", "drain").secret()).status()).isEqualTo(200);
  }

  @Test
  void bothTokensWorkUntilTheOverlapEnds() {
    MadeToken first = site.service("deploy", "drain");
    Answer rotated = rotate(first.id(), 3600);
    String second = rotated.json().get("token").asString();
    assertThat(rotated.json().get("previous_until").asString())
        .isEqualTo("2026-03-01T13:00:00.000Z");
    assertThat(second).isNotEqualTo(first.secret());
    site.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(drain(first.secret()).status()).isEqualTo(200);
    assertThat(drain(second).status()).isEqualTo(200);
    assertThat(shown(first.id()).get("previous_prefix").asString()).hasSize(8);
    site.clock.advance(Duration.ofMillis(1));
    assertThat(drain(first.secret()).error()).isEqualTo("invalid_token");
    assertThat(drain(second).status()).isEqualTo(200);
    assertThat(shown(first.id()).get("previous_prefix").isNull()).isTrue();
    assertThat(shown(first.id()).get("previous_until").isNull()).isTrue();
  }

  @Test
  void withoutAnOverlapTheOldTokenIsDeadAtOnce() {
    MadeToken first = site.service("deploy", "drain");
    assertThat(drain(first.secret()).status()).isEqualTo(200);
    Answer rotated = rotate(first.id(), 0);
    assertThat(rotated.json().get("previous_prefix").isNull()).isTrue();
    assertThat(drain(first.secret()).error()).isEqualTo("invalid_token");
    assertThat(drain(rotated.json().get("token").asString()).status()).isEqualTo(200);
  }

  @Test
  void overlapIsADayUnlessSaidAndThirtyAtMost() {
    MadeToken first = site.service("deploy", "drain");
    Answer rotated = byAda("POST", ALL + "/" + first.id() + "/rotate").object().send();
    assertThat(rotated.json().get("previous_until").asString())
        .isEqualTo("2026-03-02T12:00:00.000Z");
    assertThat(rotate(first.id(), 30 * 86_400).status()).isEqualTo(200);
    assertThat(rotate(first.id(), 30 * 86_400 + 1).status()).isEqualTo(400);
    assertThat(rotate(first.id(), -1).status()).isEqualTo(400);
  }

  @Test
  void secondRotationEndsTheFirstTokenAtOnce() {
    MadeToken first = site.service("deploy", "drain");
    String second = rotate(first.id(), 3600).json().get("token").asString();
    String third = rotate(first.id(), 3600).json().get("token").asString();
    assertThat(drain(first.secret()).error()).isEqualTo("invalid_token");
    assertThat(drain(second).status()).isEqualTo(200);
    assertThat(drain(third).status()).isEqualTo(200);
  }

  @Test
  void removedAccountIsDeadAtOnce() {
    MadeToken deploy = site.service("deploy", "drain");
    String second = rotate(deploy.id(), 3600).json().get("token").asString();
    assertThat(drain(deploy.secret()).status()).isEqualTo(200);
    assertThat(byAda("DELETE", ALL + "/" + deploy.id()).send().status()).isEqualTo(204);
    assertThat(drain(deploy.secret()).error()).isEqualTo("invalid_token");
    assertThat(drain(second).error()).isEqualTo("invalid_token");
    assertThat(byAda("DELETE", ALL + "/" + deploy.id()).send().status()).isEqualTo(404);
    assertThat(rotate(deploy.id(), 0).status()).isEqualTo(404);
    for (String id : List.of("x", "1-1-1-1-1", deploy.id().toUpperCase(java.util.Locale.ROOT))) {
      assertThat(byAda("GET", ALL + "/" + id).send().status()).isEqualTo(404);
    }
  }

  @Test
  void accountEndsWhenItWasSaidTo() {
    Answer made =
        byAda("POST", ALL)
            .object("name", "short", "scopes", List.of("drain"), "expires_in_days", 1)
            .send();
    String token = made.json().get("token").asString();
    site.clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(drain(token).status()).isEqualTo(200);
    site.clock.advance(Duration.ofMillis(1));
    assertThat(drain(token).error()).isEqualTo("invalid_token");
  }

  @Test
  void tokenReadsAndRemovesButMakesNone() {
    MadeToken deploy = site.service("deploy", "drain");
    String admin = site.token("ada", "admin").secret();
    assertThat(site.get(ALL).bearer(admin).send().status()).isEqualTo(200);
    for (Call call :
        List.of(
            site.post(ALL).bearer(admin).object("name", "x", "scopes", List.of("x")),
            site.post(ALL + "/" + deploy.id() + "/rotate").bearer(admin).object())) {
      assertThat(call.send().error()).isEqualTo("session_required");
    }
    assertThat(site.call("DELETE", ALL + "/" + deploy.id()).bearer(admin).send().status())
        .isEqualTo(204);
  }

  @Test
  void othersSeeNothing() {
    MadeToken deploy = site.service("deploy", "drain", "admin");
    for (Call call :
        List.of(
            site.get(ALL),
            site.post(ALL).object("name", "x", "scopes", List.of("x")),
            site.get(ALL + "/" + deploy.id()),
            site.call("DELETE", ALL + "/" + deploy.id()))) {
      assertThat(call.meantBy(site.known("olga")).send().error()).isEqualTo("forbidden");
    }
    assertThat(site.get(ALL).bearer(deploy.secret()).send().error())
        .as("a machine is no administrator, whatever its scopes are called")
        .isEqualTo("invalid_token");
  }

  @Test
  void accountOutlivesWhoeverMadeIt() {
    String maker = site.freshAccount("admin");
    SignedIn who = site.signIn(maker);
    Answer made =
        site.post(ALL).meantBy(who).object("name", "deploy", "scopes", List.of("drain")).send();
    String token = made.json().get("token").asString();
    byAda("DELETE", site.userPath(maker)).send();
    assertThat(drain(token).status()).isEqualTo(200);
    assertThat(shown(made.json().get("id").asString()).get("created_by").asString())
        .isEqualTo(maker);
    assertThat(rotate(made.json().get("id").asString(), 0).status()).isEqualTo(200);
  }

  @Test
  void lastUseIsShownAtOnceAndKept() {
    MadeToken deploy = site.service("deploy", "drain");
    assertThat(shown(deploy.id()).get("last_used_at").isNull()).isTrue();
    site.clock.advance(Duration.ofMinutes(5));
    drain(deploy.secret());
    assertThat(shown(deploy.id()).get("last_used_at").asString())
        .isEqualTo("2026-03-01T12:05:00.000Z");
    assertThat(shown(deploy.id()).get("last_used_ip").asString()).isEqualTo("127.0.0.1");
    site.clock.advance(Duration.ofSeconds(59));
    drain(deploy.secret());
    assertThat(shown(deploy.id()).get("last_used_at").asString())
        .as("at most once a minute")
        .isEqualTo("2026-03-01T12:05:00.000Z");
  }

  @Test
  void whatWasDoneIsOnRecordAndNoTokenIs() {
    try (CapturedLog log = new CapturedLog()) {
      MadeToken deploy = site.service("deploy", "drain");
      String second = rotate(deploy.id(), 60).json().get("token").asString();
      drain(second);
      byAda("DELETE", ALL + "/" + deploy.id()).send();
      drain(second);
      String record = byAda("GET", "/api/auth/audit?limit=100").send().text() + log.text();
      assertThat(record)
          .contains("service_created", "service_rotated", "service_deleted", "PT1M")
          .contains("\"provider\":\"taskauth-accounts\"", "service_token_unknown")
          .doesNotContain(deploy.secret(), second, "taskauth_svc_");
    }
  }
}

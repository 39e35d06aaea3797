package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** One's own password and sessions. */
class AccountApiTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "wrong one, another fine one, 401, invalid_credentials",
        "correct horse battery, short, 400, invalid_request",
        "correct horse battery, password123, 400, invalid_request",
        "correct horse battery, correct horse battery, 400, invalid_request",
        "-, another fine one, 400, invalid_request",
        "correct horse battery, -, 400, invalid_request"
      })
  void passwordIsNotChanged(String old, String next, int status, String error) {
    Site site = Sites.one();
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer answer =
        site.post("/api/auth/change-password").meantBy(who).json(json(old, next)).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(200);
  }

  private static String json(String old, String next) {
    return "{\"old_password\":" + text(old) + ",\"new_password\":" + text(next) + "}";
  }

  private static String text(String value) {
    return value == null ? "null" : "\"" + value + "\"";
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void sessionsAreListedAndEnded(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn one = site.signIn(name);
    SignedIn two = site.signIn(name);
    SignedIn three = site.signIn(name);
    JsonNode list = site.get("/api/auth/sessions").as(one).send().json().get("items");
    assertThat(list.size()).isEqualTo(3);
    assertThat(list.get(0).propertyNames())
        .contains("id", "created_at", "last_seen_at", "ip", "user_agent", "current");
    assertThat(list.valueStream().filter(s -> s.get("current").asBoolean()).toList())
        .singleElement()
        .satisfies(s -> assertThat(s.get("id").asString()).isEqualTo(one.id()));
    assertThat(list.get(0).get("ip").asString()).isEqualTo("127.0.0.1");

    Answer end = site.call("DELETE", "/api/auth/sessions/" + two.id()).meantBy(one).send();
    assertThat(end.status()).isEqualTo(200);
    assertThat(end.headers("Set-Cookie")).isEmpty();
    assertThat(site.get("/jobs").as(two).send().status()).isEqualTo(401);
    Answer others = site.call("DELETE", "/api/auth/sessions").meantBy(one).send();
    assertThat(others.json().get("sessions_revoked").asInt()).isEqualTo(1);
    assertThat(site.get("/jobs").as(three).send().status()).isEqualTo(401);
    Answer own = site.call("DELETE", "/api/auth/sessions/" + one.id()).meantBy(one).send();
    assertThat(own.headers("Set-Cookie")).hasSize(2).allMatch(c -> c.contains("Max-Age=0"));
    assertThat(site.get("/jobs").as(one).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void sessionOfSomebodyElseCannotBeEnded(Site site) {
    SignedIn olga = site.signIn("olga");
    for (String id : new String[] {olga.id(), "0".repeat(32), "x", "..%2e", "%20"}) {
      Answer answer =
          site.call("DELETE", "/api/auth/sessions/" + id).meantBy(site.known("ada")).send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    }
    assertThat(site.get("/jobs").as(olga).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void changesNeedTheCsrfToken(Site site) {
    SignedIn vera = site.known("vera");
    for (Call call :
        new Call[] {
          site.post("/api/auth/change-password").as(vera).json(json("a", "b")),
          site.call("DELETE", "/api/auth/sessions").as(vera),
          site.call("DELETE", "/api/auth/sessions/" + vera.id()).as(vera)
        }) {
      assertThat(call.send().error()).isEqualTo("csrf_failed");
    }
  }
}

package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A user makes tokens for scripts. */
class TokenCreationTest {
  private static final String TOKENS = "/api/auth/tokens";
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  static Stream<Arguments> refused() {
    String scopes21 =
        IntStream.range(0, 21).mapToObj(i -> "'s" + i + "'").collect(Collectors.joining(","));
    return Stream.of(
        Arguments.of("{}", "'name'"),
        Arguments.of("{'name':null}", "'name'"),
        Arguments.of("{'name':7}", "'name'"),
        Arguments.of("{'name':''}", "'name'"),
        Arguments.of("{'name':'  '}", "'name'"),
        Arguments.of("{'name':'" + "n".repeat(81) + "'}", "'name'"),
        Arguments.of("{'name':'a\\nb'}", "'name'"),
        Arguments.of("{'name':'n','expires_in_days':0}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':-1}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':3651}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':1.5}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':30.0}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':1e1}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':4294967326}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':'30'}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':true}", "'expires_in_days'"),
        Arguments.of("{'name':'n','expires_in_days':[30]}", "'expires_in_days'"),
        Arguments.of("{'name':'n','scopes':'read'}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':[1]}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':[null]}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':['']}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':['Read']}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':['read write']}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':['1st']}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':['a\\u0000']}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':['" + "s".repeat(65) + "']}", "'scopes'"),
        Arguments.of("{'name':'n','scopes':[" + scopes21 + "]}", "'scopes'"),
        Arguments.of("{'name':'n','expires_at':null}", "'expires_at' is not known"),
        Arguments.of("{'name':'n','user_id':'x'}", "'user_id' is not known"),
        Arguments.of("{'name':'n','token':'x'}", "'token' is not known"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void noTokenIsMadeOutOf(String json, String complaint) {
    Site site = Sites.one();
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer answer = site.post(TOKENS).meantBy(who).json(json.replace('\'', '"')).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.json().get("detail").asString()).contains(complaint);
    assertThat(site.get(TOKENS).as(who).send().json().get("items").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'n'} | 90",
        "{'name':'n','expires_in_days':1} | 1",
        "{'name':'n','expires_in_days':3650} | 3650",
        "{'name':'n','expires_in_days':null} | never",
        "{'name':'n','scopes':null} | 90",
        "{'name':'n','scopes':[]} | 90"
      })
  void endIsWhatWasAskedFor(String json, String days) {
    Site site = Sites.one();
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer made = site.post(TOKENS).meantBy(who).json(json.replace('\'', '"')).send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    JsonNode end = made.json().get("expires_at");
    if (days.equals("never")) {
      assertThat(end.isNull()).isTrue();
    } else {
      Instant expected = site.clock.instant().plus(Duration.ofDays(Integer.parseInt(days)));
      assertThat(Instant.parse(end.asString())).isEqualTo(expected.truncatedTo(ChronoUnit.SECONDS));
      assertThat(end.asString()).matches(INSTANT);
    }
    assertThat(made.json().get("scopes").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsShownOnceAndNeverAgain(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer made =
        site.post(TOKENS)
            .meantBy(who)
            .object("name", "  nightly ✓ ", "scopes", new String[] {"read", "deploy", "read"})
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    JsonNode token = made.json();
    assertThat(token.propertyNames())
        .containsExactly(
            "id",
            "prefix",
            "name",
            "scopes",
            "created_at",
            "expires_at",
            "last_used_at",
            "last_used_ip",
            "revoked_at",
            "token");
    String id = token.get("id").asString();
    assertThat(id).matches("[0-9a-f]{32}").startsWith(token.get("prefix").asString());
    assertThat(token.get("prefix").asString()).hasSize(8);
    assertThat(token.get("name").asString()).isEqualTo("nightly ✓");
    assertThat(token.get("scopes").toString()).isEqualTo("[\"deploy\",\"read\"]");
    assertThat(token.get("created_at").asString()).matches(INSTANT);
    assertThat(token.get("token").asString()).matches("taskauth_pat_[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(made.location()).isEqualTo(site.path(TOKENS + "/" + id));
    assertThat(made.header("Cache-Control")).contains("no-store");

    Answer list = site.get(TOKENS).as(who).send();
    Answer one = site.raw("GET", made.location()).as(who).send();
    assertThat(list.json().propertyNames()).containsExactly("items", "next_cursor");
    assertThat(list.json().get("items").get(0)).isEqualTo(one.json());
    assertThat(one.json().has("token")).isFalse();
    String all =
        list.text()
            + one.text()
            + site.get("/auth/account").browser().as(who).send().text()
            + site.get("/api/auth/admin/tokens").as(site.known("ada")).send().text()
            + site.get("/auth/admin/tokens").browser().as(site.known("ada")).send().text();
    assertThat(all)
        .contains(id)
        .doesNotContain("taskauth_pat_", token.get("token").asString(), "hash");
  }

  @Test
  void tokensAreListedNewestFirst() {
    Site site = Sites.one();
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    for (String name : new String[] {"one", "two", "three"}) {
      site.makeToken(who, name);
    }
    assertThat(
            site.get(TOKENS)
                .as(who)
                .send()
                .json()
                .get("items")
                .valueStream()
                .map(token -> token.get("name").asString()))
        .containsExactly("three", "two", "one");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenMakesNoTokenAndChangesNoPassword(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn who = site.signIn(name);
    String token = site.makeToken(who, "script").secret();
    for (Call call :
        new Call[] {
          site.post(TOKENS).object("name", "another"),
          site.post(TOKENS).object("name", "another").as(who),
          site.post("/api/auth/change-password")
              .object("old_password", Site.PASSWORD, "new_password", "a fine new one"),
          site.post("/auth/account").form("action", "create-token", "name", "n", "expires", "30"),
          site.get("/auth/account"),
          site.get("/api/auth/sessions"),
          site.call("DELETE", "/api/auth/sessions"),
          site.post("/api/auth/logout"),
          site.post("/auth/logout").form()
        }) {
      Answer answer = call.bearer(token).send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(403);
      assertThat(answer.error()).isEqualTo("session_required");
    }
    assertThat(site.get(TOKENS).bearer(token).send().json().get("items").size()).isEqualTo(1);
    assertThat(site.signIn(name)).isNotNull();
  }

  @Test
  void sessionOfAProgramMayMakeOne() {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    Answer session =
        site.post("/api/auth/token").json(Site.credentials(name, Site.PASSWORD)).send();
    Answer made =
        site.post(TOKENS)
            .bearer(session.json().get("access_token").asString())
            .object("name", "by a CLI")
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  @Test
  void sessionThatEndsMeanwhileMakesNone() {
    Site site = Site.ofItsOwn();
    try {
      SignedIn who = site.signIn("vera");
      site.store.beforeNext("create", () -> site.auth.sessions().endAll(site.id("vera"), null));
      Answer answer = site.post(TOKENS).meantBy(who).object("name", "late").send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(401);
      assertThat(answer.error()).isEqualTo("session_expired");
      assertThat(answer.text()).doesNotContain("taskauth_pat_");
      assertThat(site.get(TOKENS).as(site.signIn("vera")).send().json().get("items").isEmpty())
          .isTrue();
    } finally {
      site.stop();
    }
  }

  @Test
  void thereAreAHundredAtMostAndSixtyInAQuarterOfAnHour() {
    Site site = Site.ofItsOwn();
    try {
      SignedIn who = site.signIn("vera");
      MadeToken first = site.makeToken(who, "first");
      for (int i = 1; i < 60; i++) {
        site.makeToken(who, "token " + i);
      }
      Answer hasty = site.post(TOKENS).meantBy(who).object("name", "hasty").send();
      assertThat(hasty.status()).isEqualTo(429);
      assertThat(Integer.parseInt(hasty.header("Retry-After").orElseThrow())).isBetween(1, 901);
      site.clock.advance(Duration.ofMinutes(16));
      for (int i = 60; i < 100; i++) {
        site.makeToken(who, "token " + i);
      }
      Answer oneTooMany = site.post(TOKENS).meantBy(who).object("name", "101st").send();
      assertThat(oneTooMany.status()).isEqualTo(409);
      assertThat(oneTooMany.error()).isEqualTo("conflict");
      assertThat(oneTooMany.json().get("detail").asString()).contains("Revoke one");
      Answer page =
          site.post("/auth/account")
              .filledBy(who, "action", "create-token", "name", "101st", "expires", "30")
              .send();
      assertThat(page.status()).isEqualTo(409);
      assertThat(page.text()).contains("Revoke one that you do not need.", "value=\"101st\"");
      site.call("DELETE", TOKENS + "/" + first.id()).meantBy(who).send();
      assertThat(site.makeToken(who, "101st")).isNotNull();
    } finally {
      site.stop();
    }
  }
}

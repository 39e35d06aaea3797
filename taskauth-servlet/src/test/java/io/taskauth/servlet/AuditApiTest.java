package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The record of what has happened, for administrators. */
class AuditApiTest {
  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.ofItsOwn();
    site.known("ada");
    site.clock.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 5; i++) {
      ResetLinks.login(site, "vera", "wrong " + i);
      site.clock.advance(Duration.ofSeconds(1));
      site.signIn("vera");
      site.clock.advance(Duration.ofSeconds(1));
    }
    ResetLinks.login(site, "Nobody.Here", "wrong");
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  private static Answer audit(String query) {
    return site.get("/api/auth/audit" + query).as(site.known("ada")).send();
  }

  private static List<JsonNode> events(String query) {
    Answer answer = audit(query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json().get("items").valueStream().toList();
  }

  private static List<String> kinds(String query) {
    return events(query).stream().map(event -> event.get("event").asString()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event=nonsense",
        "event=LOGIN_FAILURE",
        "event=login",
        "event=%00",
        "user=a%00",
        "user=a%0Ab",
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "cursor=%00",
        "cursor=YWJj"
      })
  void queryThatMakesNoSenseIsRefused(String query) {
    Answer answer = audit("?" + query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.json().get("detail").asString())
        .contains("'" + query.substring(0, query.indexOf('=')) + "'");
    Answer page = site.get("/auth/admin/audit?" + query).browser().as(site.known("ada")).send();
    assertThat(page.status()).as("%s", page).isEqualTo(400);
    assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
  }

  @Test
  void eventNamesTheTokenThatSomethingWasDoneWith() {
    MadeToken token = site.token("ada");
    Answer made =
        site.post("/api/auth/users")
            .bearer(token.secret())
            .object("username", "bypat", "password", Site.PASSWORD)
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(events("?event=user_created&user=bypat"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.at("/details/pat_id").asString()).isEqualTo(token.id()));
    assertThat(events("?event=login_success"))
        .allSatisfy(event -> assertThat(event.get("details").has("pat_id")).isFalse());
  }

  @Test
  void everyEventHasTheSameMembers() {
    assertThat(events(""))
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(event.propertyNames())
                  .containsExactly(
                      "ts",
                      "event",
                      "outcome",
                      "user_id",
                      "username",
                      "ip",
                      "user_agent",
                      "target",
                      "details",
                      "id");
              assertThat(event.get("ts").asString())
                  .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
              assertThat(event.get("outcome").asString()).isIn("success", "failure");
              assertThat(event.get("details").isObject()).isTrue();
            });
  }

  @Test
  void newestComesFirst() {
    List<String> times = events("").stream().map(e -> e.get("ts").asString()).toList();
    List<String> sorted = new ArrayList<>(times);
    sorted.sort(java.util.Comparator.reverseOrder());
    assertThat(times).isEqualTo(sorted);
    assertThat(kinds("?user=vera"))
        .filteredOn(kind -> kind.startsWith("login"))
        .startsWith("login_success", "login_failure", "login_success", "login_failure");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 200})
  void pagesHaveEveryEventOnce(int limit) {
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = audit("?event=login_failure&user=vera&limit=" + limit + cursor).json();
      assertThat(page.get("items").size()).isLessThanOrEqualTo(limit);
      page.get("items").valueStream().forEach(event -> all.add(event.get("id").asString()));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    assertThat(all).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void kindIsChosen() {
    assertThat(kinds("?event=login_failure")).hasSize(6).containsOnly("login_failure");
    assertThat(kinds("?event=token_revoked")).isEmpty();
    assertThat(kinds("?event=&user=")).isNotEmpty();
  }

  @Test
  void userIsChosenByAnyNameInAnyCase() {
    site.call("PATCH", site.userPath("vera"))
        .meantBy(site.known("ada"))
        .object("email", "vera@example.com")
        .send();
    List<JsonNode> byId = events("?user=" + site.id("vera") + "&event=login_success");
    assertThat(byId).hasSize(5);
    for (String typed : List.of("vera", "VERA", " Vera ", "vera@example.com", "VERA@Example.COM")) {
      String user = URLEncoder.encode(typed, UTF_8);
      assertThat(events("?event=login_success&user=" + user)).as(typed).isEqualTo(byId);
      assertThat(events("?event=login_failure&user=" + user)).as(typed).hasSize(5);
    }
    assertThat(events("?user=ver")).isEmpty();
  }

  @Test
  void whatWasDoneToAUserIsFoundToo() {
    String name = site.freshAccount("viewer");
    String id = site.id(name).toString();
    SignedIn ada = site.known("ada");
    site.call("PATCH", site.userPath(name)).meantBy(ada).object("role", "operator").send();
    site.call("DELETE", site.userPath(name)).meantBy(ada).send();
    for (String user : List.of(name, name.toUpperCase(Locale.ROOT), id)) {
      assertThat(kinds("?user=" + user)).as(user).containsExactly("user_deleted", "user_updated");
    }
    JsonNode updated = events("?event=user_updated&user=" + id).get(0);
    assertThat(updated.get("username").asString()).isEqualTo("ada");
    assertThat(updated.get("user_id").asString()).isEqualTo(site.id("ada").toString());
    assertThat(updated.get("target").asString()).isEqualTo(id);
    assertThat(updated.at("/details/role").asString()).isEqualTo("viewer -> operator");
    assertThat(updated.at("/details/target_username").asString()).isEqualTo(name);
  }

  @Test
  void nameThatNeverWasIsFound() {
    assertThat(events("?user=nobody.here"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.get("username").asString()).isEqualTo("Nobody.Here");
              assertThat(event.get("user_id").isNull()).isTrue();
              assertThat(event.get("outcome").asString()).isEqualTo("failure");
            });
  }

  @Test
  void pageKeepsWhatWasAskedForInItsLinks() {
    for (int i = 0; i < 60; i++) {
      site.signIn("olga");
    }
    Answer page =
        site.get("/auth/admin/audit?event=login_success&user=OLGA")
            .browser()
            .as(site.known("ada"))
            .send();
    assertThat(page.text())
        .contains("<option value=\"login_success\" selected>", "value=\"OLGA\"", "Next page")
        .doesNotContain("First page", "login_failure</code>");
    String next =
        page.text()
            .replaceAll("(?s).*href=\"([^\"]*cursor=[^\"]*)\".*", "$1")
            .replace("&amp;", "&");
    assertThat(next).contains("event=login_success", "user=OLGA");
    Answer last = site.raw("GET", next).browser().as(site.known("ada")).send();
    assertThat(last.text())
        .contains("First page", "login_success</code>")
        .doesNotContain("Next page");
    assertThat(
            site.get("/auth/admin/audit?event=setup").browser().as(site.known("ada")).send().text())
        .contains("There are no such events.");
  }
}

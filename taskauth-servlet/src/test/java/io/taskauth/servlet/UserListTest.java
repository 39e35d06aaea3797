package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Accounts are listed a page at a time, and found by how their name or e-mail begins. */
class UserListTest {
  private static final String USERS = "/api/auth/users";
  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.ofItsOwn();
    for (int i = 10; i < 40; i++) {
      make("list" + i, i % 2 == 0 ? null : "mail" + i + "@example.com");
    }
    make("Percent_x", "UPPER%CASE@example.com");
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  private static void make(String name, String email) {
    Answer made =
        site.post(USERS)
            .bearer(site.token("ada").secret())
            .object("username", name, "email", email, "password", Site.PASSWORD)
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  private static Answer list(String query) {
    return site.get(USERS + query).bearer(site.token("ada", "admin").secret()).send();
  }

  private static List<String> names(JsonNode list) {
    return list.get("items").valueStream().map(user -> user.get("username").asString()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=x",
        "limit=",
        "limit=1.5",
        "limit=99999999999",
        "limit=%201",
        "limit=1%00"
      })
  void badLimitIsRefused(String query) {
    Answer answer = list("?" + query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains("'limit'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!!!!", "bGlzdDEw", "MS41", "%00", "AA", "_w", "44OG44K544OI"})
  void cursorOfNoPageIsRefused(String cursor) {
    Answer answer = list("?cursor=" + cursor);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains("'cursor'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "a%00", "a%0Ab", "%ED%A0%80", "%C2%85"})
  void textThatNoNameHoldsIsRefused(String q) {
    Answer answer = list("?q=" + q);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
  }

  @Test
  void cursorOfAnotherListIsRefused() {
    String byName = list("?q=list&limit=2").json().get("next_cursor").asString();
    Answer answer = list("?limit=2&cursor=" + byName);
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains("'cursor'");
  }

  @Test
  void veryLongPrefixIsRefused() {
    Answer answer = list("?q=" + "x".repeat(255));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains("'q'");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 200})
  void pagesHaveEverybodyOnceNewestFirst(int limit) {
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = list("?limit=" + limit + cursor).json();
      assertThat(page.propertyNames()).containsExactly("items", "next_cursor");
      assertThat(page.get("items").size()).isBetween(1, limit);
      all.addAll(names(page));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    assertThat(all).hasSize(34).startsWith("Percent_x", "list39").endsWith("vera", "olga", "ada");
    assertThat(new HashSet<>(all)).hasSize(34);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "list1, 10",
        "LIST1, 10",
        "'  list10 ', 1",
        "list10x, 0",
        "ist1, 0",
        "mail1, 5",
        "MAIL11@EXAMPLE, 1",
        "%, 0",
        "_, 0",
        "percent_, 1",
        "percent%, 0",
        "percentX, 0",
        "upper%case, 1",
        "ｌｉｓｔ１０, 1",
        "\" or 1=1 --, 0",
        "*, 0",
        "'', 34",
        "'   ', 34"
      })
  void prefixFindsNamesAndAddresses(String typed, int found) {
    String q = URLEncoder.encode(typed, UTF_8);
    assertThat(list("?limit=200&q=" + q).json().get("items").size()).isEqualTo(found);
  }

  @Test
  void searchIsPagedTooInTheOrderOfWhatWasFound() {
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = list("?q=list&limit=7" + cursor).json();
      all.addAll(names(page));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    assertThat(all).hasSize(30).isSorted();
  }

  @Test
  void nothingSecretIsListed() {
    Answer answer = list("?limit=200");
    assertThat(answer.text()).doesNotContain("argon2", "hash", "epoch", "secret", "reset");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }
}

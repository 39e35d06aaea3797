package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A token ends with its revocation, for its owner and for administrators. */
class TokenRevocationTest {
  private static final String OWN = "/api/auth/tokens/";
  private static final String ALL = "/api/auth/admin/tokens";

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenOfSomebodyElseIsNotThere(Site site) {
    MadeToken veras = site.token("vera");
    for (String other : new String[] {"olga", "ada"}) {
      for (Call call :
          new Call[] {
            site.get(OWN + veras.id()).as(site.known(other)),
            site.get(OWN + veras.id()).bearer(site.token(other).secret()),
            site.call("DELETE", OWN + veras.id()).meantBy(site.known(other)),
            site.call("DELETE", OWN + veras.id()).bearer(site.token(other).secret())
          }) {
        Answer answer = call.send();
        assertThat(answer.status()).as("%s", answer).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("not_found");
      }
      Answer page =
          site.post("/auth/account")
              .filledBy(site.known(other), "action", "revoke-token", "token", veras.id())
              .send();
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.text()).contains("There is no token with this id.");
    }
    assertThat(site.get("/jobs").bearer(veras.secret()).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000", "%20", "0000000000000000000000000000000G", "..%2e"})
  void thereIsNoTokenOfThatId(String id) {
    Site site = Sites.one();
    SignedIn ada = site.known("ada");
    for (Call call :
        new Call[] {
          site.get(OWN + id).as(ada),
          site.call("DELETE", OWN + id).meantBy(ada),
          site.call("DELETE", ALL + "/" + id).meantBy(ada)
        }) {
      assertThat(call.send().error()).isEqualTo("not_found");
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ownerRevokesOnceOrTwiceByAnyMeans(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    MadeToken one = site.makeToken(who, "one");
    MadeToken two = site.makeToken(who, "two");
    MadeToken three = site.makeToken(who, "three");
    for (MadeToken token : List.of(one, two, three)) {
      assertThat(site.get("/jobs").bearer(token.secret()).send().status()).isEqualTo(200);
    }
    for (int time = 0; time < 2; time++) {
      Answer gone = site.call("DELETE", OWN + one.id()).meantBy(who).send();
      assertThat(gone.status()).as("%s", gone).isEqualTo(204);
      assertThat(gone.body()).isEmpty();
    }
    assertIsRefused(site, one);
    assertThat(site.get(OWN + one.id()).as(who).send().json().get("revoked_at").isNull()).isFalse();
    assertThat(site.get("/jobs").bearer(two.secret()).send().status()).isEqualTo(200);

    assertThat(site.call("DELETE", OWN + two.id()).bearer(two.secret()).send().status())
        .as("a token may end itself")
        .isEqualTo(204);
    assertIsRefused(site, two);
    Answer page =
        site.post("/auth/account")
            .filledBy(who, "action", "revoke-token", "token", three.id())
            .send();
    assertThat(page.location()).isEqualTo(site.path("/auth/account?done=token"));
    assertIsRefused(site, three);
    assertThat(site.get("/api/auth/tokens").as(who).send().json().get("items").isEmpty()).isTrue();
  }

  private static void assertIsRefused(Site site, MadeToken token) {
    Answer answer = site.get("/jobs").bearer(token.secret()).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(401);
    assertThat(answer.error()).isEqualTo("invalid_token");
    assertThat(answer.json().get("detail").asString()).contains("revoked");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void administratorRevokesAnybodys(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    MadeToken one = site.makeToken(who, "one");
    MadeToken two = site.makeToken(who, "two");
    assertThat(site.get("/jobs").bearer(one.secret()).send().status()).isEqualTo(200);
    String admin = site.token("ada", "admin").secret();
    assertThat(site.call("DELETE", ALL + "/" + one.id()).bearer(admin).send().status())
        .isEqualTo(204);
    assertThat(site.call("DELETE", ALL + "/" + one.id()).bearer(admin).send().status())
        .isEqualTo(204);
    assertIsRefused(site, one);
    Answer page =
        site.post("/auth/admin/tokens").filledBy(site.known("ada"), "token", two.id()).send();
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.location()).isEqualTo(site.path("/auth/admin/tokens?done=revoked"));
    assertIsRefused(site, two);
  }

  @Test
  void administratorSeesEverybodysPageByPageWithTheOwner() {
    Site site = Site.ofItsOwn();
    try {
      for (String name : new String[] {"ada", "olga", "vera"}) {
        for (int i = 0; i < 4; i++) {
          site.makeToken(site.known(name), name + i);
        }
      }
      List<String> all = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = site.get(ALL + "?limit=5" + cursor).as(site.known("ada")).send().json();
        page.get("items")
            .valueStream()
            .forEach(
                token -> {
                  assertThat(token.has("token")).isFalse();
                  assertThat(token.at("/owner").propertyNames()).containsExactly("id", "username");
                  assertThat(token.get("name").asString())
                      .startsWith(token.at("/owner/username").asString());
                  all.add(token.get("name").asString());
                });
        JsonNode next = page.get("next_cursor");
        cursor = next.isNull() ? "" : "&cursor=" + next.asString();
      } while (!cursor.isEmpty());
      assertThat(all).hasSize(12).doesNotHaveDuplicates().startsWith("vera3").endsWith("ada0");
    } finally {
      site.stop();
    }
  }

  @Test
  void badLimitAndCursorAreRefused() {
    Site site = Sites.one();
    for (String query :
        new String[] {"limit=0", "limit=201", "limit=x", "cursor=x", "cursor=%00"}) {
      Answer answer = site.get(ALL + "?" + query).as(site.known("ada")).send();
      assertThat(answer.status()).as("%s %s", query, answer).isEqualTo(400);
      Answer page = site.get("/auth/admin/tokens?" + query).browser().as(site.known("ada")).send();
      assertThat(page.status()).as("%s %s", query, page).isEqualTo(400);
    }
  }
}

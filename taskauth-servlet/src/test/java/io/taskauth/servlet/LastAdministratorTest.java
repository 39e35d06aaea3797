package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.page.PageRequest;
import io.taskauth.testkit.Race;
import io.taskauth.user.Role;
import io.taskauth.user.UserChange;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One active administrator always remains, however many requests race. */
class LastAdministratorTest {
  private static final int ROUNDS = 40;

  /** How one administrator gets rid of another. */
  enum Way {
    DEMOTE("demote") {
      @Override
      Call of(Site site, SignedIn by, String whom) {
        return site.call("PATCH", site.userPath(whom)).meantBy(by).object("role", "viewer");
      }
    },
    PATCH("deactivate") {
      @Override
      Call of(Site site, SignedIn by, String whom) {
        return site.call("PATCH", site.userPath(whom)).meantBy(by).object("active", false);
      }
    },
    DEACTIVATE("deactivate") {
      @Override
      Call of(Site site, SignedIn by, String whom) {
        return site.post(site.userPath(whom) + "/deactivate").meantBy(by);
      }
    },
    DELETE("delete") {
      @Override
      Call of(Site site, SignedIn by, String whom) {
        return site.call("DELETE", site.userPath(whom)).meantBy(by);
      }
    };

    private final String verb;

    Way(String verb) {
      this.verb = verb;
    }

    abstract Call of(Site site, SignedIn by, String whom);

    String sentence() {
      return "Cannot "
          + verb
          + " the last active administrator. Make another user an administrator first.";
    }
  }

  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.empty(Kind.JETTY, Mount.ROOT);
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  /** Two administrators and nobody else who is one. */
  private static List<String> twoAdministrators() {
    List<String> two = List.of(site.freshAccount("admin"), site.freshAccount("admin"));
    activeAdministrators().stream()
        .filter(name -> !two.contains(name))
        .forEach(name -> site.change(name, UserChange.nothing().role(new Role("viewer"))));
    return two;
  }

  private static List<String> activeAdministrators() {
    return site
        .auth
        .userAdministration()
        .orElseThrow()
        .newest(PageRequest.first(200))
        .items()
        .stream()
        .filter(user -> user.active() && user.role().equals(new Role("admin")))
        .map(user -> user.username().value())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void ofTwoWhoActAtTheSameInstantOneStays(Way way) {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> two = twoAdministrators();
      List<SignedIn> in = two.stream().map(site::signIn).toList();
      List<Answer> answers = Race.of(2, n -> way.of(site, in.get(n), two.get(1 - n)).send());
      assertThat(activeAdministrators()).as("round %s: %s", round, answers).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() < 300).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.status() >= 300)
          .allSatisfy(LastAdministratorTest::isToldWhy);
    }
  }

  private static void isToldWhy(Answer loser) {
    assertThat(loser.status()).as("%s", loser).isIn(401, 403, 404, 409);
    assertThat(loser.error())
        .isIn("last_admin", "forbidden", "session_expired", "account_deactivated", "not_found");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whoeverIsLeftAloneInTheMeantimeIsToldWhatToDo(Way way) {
    List<String> two = twoAdministrators();
    SignedIn first = site.signIn(two.get(0));
    Call deed = way.of(site, first, two.get(1));
    site.store.beforeNext(
        way == Way.DELETE ? "delete" : "change",
        () -> site.change(two.get(0), UserChange.nothing().role(new Role("viewer"))));
    Answer answer = deed.send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(409);
    assertThat(answer.error()).isEqualTo("last_admin");
    assertThat(answer.json().get("detail").asString()).isEqualTo(way.sentence());
    assertThat(activeAdministrators()).containsExactly(two.get(1));
  }

  @Test
  void lastOneIsNotDemotedByThemselves() {
    List<String> two = twoAdministrators();
    SignedIn first = site.signIn(two.get(0));
    assertThat(Way.DEACTIVATE.of(site, first, two.get(1)).send().status()).isEqualTo(200);
    Answer answer = Way.DEMOTE.of(site, first, two.get(0)).send();
    assertThat(answer.error()).isEqualTo("last_admin");
    assertThat(answer.json().get("detail").asString()).isEqualTo(Way.DEMOTE.sentence());
    Answer page =
        site.post("/auth/admin/users/" + site.id(two.get(0)))
            .filledBy(first, "action", "save", "display_name", "Typed", "role", "viewer")
            .send();
    assertThat(page.status()).isEqualTo(409);
    assertThat(page.text()).contains(Way.DEMOTE.sentence(), "value=\"Typed\"");
    assertThat(site.get("/api/auth/users").as(first).send().status()).isEqualTo(200);
  }

  @Test
  void oneWhoIsNotTheLastMayStepDown() {
    List<String> two = twoAdministrators();
    SignedIn first = site.signIn(two.get(0));
    assertThat(Way.DEMOTE.of(site, first, two.get(0)).send().status()).isEqualTo(200);
    assertThat(site.get("/api/auth/users").as(first).send().error()).isEqualTo("forbidden");
  }
}

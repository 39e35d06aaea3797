package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator does to an account is heeded by the very next request. */
class AccountEndTest {
  /** What an administrator does, and what is left of the account's access afterwards. */
  enum Deed {
    DEACTIVATE(200, false, false),
    PATCH_INACTIVE(200, false, false),
    DELETE(204, false, false),
    DEACTIVATE_BY_PAGE(303, false, false),
    DELETE_BY_PAGE(303, false, false),
    SET_PASSWORD(204, false, true),
    SET_PASSWORD_BY_PAGE(303, false, true),
    END_SESSIONS(200, false, true),
    END_SESSIONS_BY_PAGE(303, false, true),
    RESET_LINK(200, true, true),
    ACTIVATE(200, true, true);

    private final int status;
    private final boolean sessionLives;
    private final boolean tokenLives;

    Deed(int status, boolean sessionLives, boolean tokenLives) {
      this.status = status;
      this.sessionLives = sessionLives;
      this.tokenLives = tokenLives;
    }

    Call to(Site site, String name) {
      String path = site.userPath(name);
      SignedIn ada = site.known("ada");
      Call page = site.post("/auth/admin/users/" + site.id(name));
      return switch (this) {
        case DEACTIVATE -> site.post(path + "/deactivate").meantBy(ada);
        case PATCH_INACTIVE -> site.call("PATCH", path).meantBy(ada).object("active", false);
        case DELETE -> site.call("DELETE", path).meantBy(ada);
        case DEACTIVATE_BY_PAGE -> page.filledBy(ada, "action", "deactivate");
        case DELETE_BY_PAGE -> page.filledBy(ada, "action", "delete");
        case SET_PASSWORD ->
            site.post(path + "/set-password").meantBy(ada).object("new_password", "a fine new one");
        case SET_PASSWORD_BY_PAGE ->
            page.filledBy(ada, "action", "set-password", "new_password", "a fine new one");
        case END_SESSIONS -> site.call("DELETE", path + "/sessions").meantBy(ada);
        case END_SESSIONS_BY_PAGE -> page.filledBy(ada, "action", "end-sessions");
        case RESET_LINK -> site.post(path + "/reset-password").meantBy(ada);
        case ACTIVATE -> site.post(path + "/activate").meantBy(ada);
      };
    }
  }

  static Stream<Arguments> deeds() {
    return Sites.perContainer()
        .flatMap(site -> Stream.of(Deed.values()).map(deed -> Arguments.of(site, deed)));
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("deeds")
  void nextRequestFindsItDone(Site site, Deed deed) {
    String name = site.freshAccount("operator");
    SignedIn browser = site.signIn(name);
    SignedIn program = site.signIn(name);
    MadeToken token = site.makeToken(browser, "script");
    Call[] bySession = {
      site.get("/jobs").as(browser), site.get("/jobs").bearer(program.token()),
    };
    Call byToken = site.get("/jobs").bearer(token.secret());
    for (Call call : bySession) {
      assertThat(call.send().status()).isEqualTo(200);
    }
    assertThat(byToken.send().status()).isEqualTo(200);

    Answer done = deed.to(site, name).send();
    assertThat(done.status()).as("%s", done).isEqualTo(deed.status);
    for (Call call : bySession) {
      assertThat(call.send().status()).isEqualTo(deed.sessionLives ? 200 : 401);
    }
    assertThat(byToken.send().status()).isEqualTo(deed.tokenLives ? 200 : 401);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void newRoleCountsForSessionsAndTokensAtOnce(Site site) {
    String name = site.freshAccount("admin");
    SignedIn who = site.signIn(name);
    MadeToken token = site.makeToken(who, "script");
    assertThat(site.get("/api/auth/users").as(who).send().status()).isEqualTo(200);
    assertThat(site.get("/api/auth/users").bearer(token.secret()).send().status()).isEqualTo(200);
    Answer demoted =
        site.call("PATCH", site.userPath(name))
            .meantBy(site.known("ada"))
            .object("role", "viewer")
            .send();
    assertThat(demoted.json().get("role").asString()).isEqualTo("viewer");
    assertThat(site.get("/api/auth/users").as(who).send().error()).isEqualTo("forbidden");
    assertThat(site.get("/api/auth/users").bearer(token.secret()).send().error())
        .isEqualTo("forbidden");
    assertThat(site.get("/admin/x").bearer(token.secret()).send().error()).isEqualTo("forbidden");
    assertThat(site.get("/jobs").bearer(token.secret()).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whatHasEndedStaysSoAfterActivation(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn who = site.signIn(name);
    MadeToken token = site.makeToken(who, "script");
    String path = site.userPath(name);
    SignedIn ada = site.known("ada");
    Answer closed = site.post(path + "/deactivate").meantBy(ada).send();
    assertThat(closed.json().get("active").asBoolean()).isFalse();
    assertThat(closed.json().get("deactivated_at").isNull()).isFalse();
    assertThat(closed.json().get("deactivated_by").asString()).isEqualTo(site.id("ada").toString());
    assertThat(site.post(path + "/deactivate").meantBy(ada).send().json()).isEqualTo(closed.json());
    assertThat(
            site.post("/api/auth/login").json(Site.credentials(name, Site.PASSWORD)).send().error())
        .isEqualTo("invalid_credentials");

    Answer open = site.post(path + "/activate").meantBy(ada).send();
    assertThat(open.json().get("active").asBoolean()).isTrue();
    assertThat(open.json().get("deactivated_at").isNull()).isTrue();
    assertThat(open.json().get("deactivated_by").isNull()).isTrue();
    assertThat(site.post(path + "/activate").meantBy(ada).send().json()).isEqualTo(open.json());
    assertThat(site.get("/jobs").as(who).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").bearer(token.secret()).send().error()).isEqualTo("invalid_token");
    assertThat(site.get("/jobs").as(site.signIn(name)).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void deletedAccountIsGoneAndItsNameIsFree(Site site) {
    String name = site.freshAccount("viewer");
    String path = site.userPath(name);
    SignedIn ada = site.known("ada");
    Answer gone = site.call("DELETE", path).meantBy(ada).send();
    assertThat(gone.status()).isEqualTo(204);
    assertThat(gone.body()).isEmpty();
    assertThat(site.get(path).as(ada).send().error()).isEqualTo("not_found");
    assertThat(site.call("DELETE", path).meantBy(ada).send().error()).isEqualTo("not_found");
    Answer again =
        site.post("/api/auth/users")
            .meantBy(ada)
            .object("username", name, "password", Site.PASSWORD)
            .send();
    assertThat(again.status()).as("%s", again).isEqualTo(201);
    assertThat(again.location()).isNotEqualTo(site.path(path));
  }
}

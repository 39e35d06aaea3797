package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Whatever happens is on record, with who did it and to whom. */
class AuditEventsTest {
  private static final String NOBODY = "";

  /** An event, and what brings it about; the answer is who is on record for it. */
  enum Cause {
    LOGIN_SUCCESS((site, name) -> after(name, site.signIn(name))),
    LOGIN_FAILURE((site, name) -> after(name, ResetLinks.login(site, name, "wrong one"))),
    LOGIN_THROTTLED(
        (site, name) -> {
          for (int i = 0; i < 11; i++) {
            ResetLinks.login(site, name, "wrong " + i);
          }
          return name;
        }),
    LOGOUT(
        (site, name) ->
            after(name, site.post("/api/auth/logout").meantBy(site.signIn(name)).send())),
    SESSION_REVOKED(
        (site, name) -> {
          SignedIn other = site.signIn(name);
          SignedIn here = site.signIn(name);
          return after(
              name, site.call("DELETE", "/api/auth/sessions/" + other.id()).meantBy(here).send());
        }),
    SESSION_VERIFY_FAILURE(
        (site, name) -> after(NOBODY, site.get("/jobs").cookie("taskauth_session=a.b.c").send())),
    PASSWORD_CHANGED(
        (site, name) ->
            after(
                name,
                site.post("/api/auth/change-password")
                    .meantBy(site.signIn(name))
                    .object("old_password", Site.PASSWORD, "new_password", ResetLinks.NEXT)
                    .send())),
    PASSWORD_CHANGE_REFUSED(
        (site, name) ->
            after(
                name,
                site.post("/api/auth/change-password")
                    .meantBy(site.signIn(name))
                    .object("old_password", "wrong one", "new_password", ResetLinks.NEXT)
                    .send())),
    PASSWORD_RESET_REQUESTED((site, name) -> after("ada", ResetLinks.make(site, name))),
    PASSWORD_RESET(
        (site, name) ->
            after(name, ResetLinks.use(site, ResetLinks.make(site, name), ResetLinks.NEXT).send())),
    PASSWORD_RESET_REFUSED(
        (site, name) -> after(NOBODY, ResetLinks.use(site, "guess", ResetLinks.NEXT).send())),
    USER_CREATED(
        (site, name) ->
            after(
                "ada",
                site.post("/api/auth/users")
                    .meantBy(site.known("ada"))
                    .object("username", name + "x", "password", Site.PASSWORD)
                    .send())),
    USER_UPDATED(
        (site, name) ->
            after(
                "ada",
                site.call("PATCH", site.userPath(name))
                    .meantBy(site.known("ada"))
                    .object("display_name", "Somebody")
                    .send())),
    USER_DEACTIVATED((site, name) -> after("ada", byAda(site, name, "/deactivate"))),
    USER_ACTIVATED(
        (site, name) -> {
          byAda(site, name, "/deactivate");
          return after("ada", byAda(site, name, "/activate"));
        }),
    USER_DELETED(
        (site, name) ->
            after(
                "ada", site.call("DELETE", site.userPath(name)).meantBy(site.known("ada")).send())),
    TOKEN_CREATED((site, name) -> after(name, site.makeToken(site.signIn(name), "script"))),
    TOKEN_REVOKED((site, name) -> after(name, revoked(site, name))),
    TOKEN_AUTH_SUCCESS((site, name) -> after(name, used(site, name))),
    TOKEN_FIRST_USE_NEW_IP((site, name) -> after(name, used(site, name))),
    TOKEN_AUTH_FAILURE(
        (site, name) -> after(name, site.get("/jobs").bearer(revoked(site, name).secret()).send())),
    SERVICE_CREATED((site, name) -> after("ada", site.service(name, "drain"))),
    SERVICE_ROTATED(
        (site, name) -> {
          String id = site.service(name, "drain").id();
          return after(
              "ada",
              site.post("/api/auth/admin/services/" + id + "/rotate")
                  .meantBy(site.known("ada"))
                  .object()
                  .send());
        }),
    SERVICE_DELETED(
        (site, name) -> {
          String id = site.service(name, "drain").id();
          return after(
              "ada",
              site.call("DELETE", "/api/auth/admin/services/" + id)
                  .meantBy(site.known("ada"))
                  .send());
        }),
    WS_TICKET_ISSUED((site, name) -> after(name, Door.ticket(site, site.signIn(name)))),
    WS_TICKET_REFUSED((site, name) -> after(NOBODY, Door.ws(site, "/ws?ticket=guess").send())),
    CSRF_REJECTED((site, name) -> after(name, site.post("/jobs").as(site.signIn(name)).send())),
    ACCESS_DENIED((site, name) -> after(name, site.get("/admin/x").as(site.signIn(name)).send()));

    private final BiFunction<Site, String, String> happens;

    Cause(BiFunction<Site, String, String> happens) {
      this.happens = happens;
    }

    String event() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static String after(String who, Object what) {
    assertThat(what).isNotNull();
    return who;
  }

  private static Answer byAda(Site site, String name, String deed) {
    return site.post(site.userPath(name) + deed).meantBy(site.known("ada")).send();
  }

  private static MadeToken revoked(Site site, String name) {
    SignedIn who = site.signIn(name);
    MadeToken token = site.makeToken(who, "script");
    site.call("DELETE", "/api/auth/tokens/" + token.id()).meantBy(who).send();
    return token;
  }

  private static Answer used(Site site, String name) {
    return site.get("/jobs").bearer(site.makeToken(site.signIn(name), "script").secret()).send();
  }

  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.ofItsOwn();
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  private static JsonNode latest(String event) {
    return site.get("/api/auth/audit?limit=1&event=" + event)
        .as(site.known("ada"))
        .send()
        .json()
        .at("/items/0");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void eventFollowsItsCause(Cause cause) {
    String name = site.freshAccount("viewer");
    site.known("ada");
    String who = cause.happens.apply(site, name);
    JsonNode event = latest(cause.event());
    assertThat(event.path("event").asString()).isEqualTo(cause.event());
    assertThat(event.get("ip").asString()).isEqualTo("127.0.0.1");
    assertThat(event.get("username").asString("")).isEqualTo(who);
    if (who.equals("ada")) {
      assertThat(event.at("/details/target_username").asString()).startsWith(name);
      assertThat(event.get("target").asString()).hasSize(36);
    }
    assertThat(site.get("/auth/admin/audit").browser().as(site.known("ada")).send().text())
        .contains("<code", ">" + cause.event() + "</code>");
  }

  @Test
  void setupIsOnRecord() {
    Site fresh = Site.empty(Kind.JETTY, Mount.ROOT);
    try {
      SignedIn first =
          Site.signedIn(
              fresh.post("/api/auth/setup").json(Site.credentials("first", Site.PASSWORD)).send());
      JsonNode event =
          fresh.get("/api/auth/audit?event=setup").as(first).send().json().at("/items/0");
      assertThat(event.get("username").asString()).isEqualTo("first");
    } finally {
      fresh.stop();
    }
  }

  @Test
  void nothingThatChangedNothingIsOnRecord() {
    String name = site.freshAccount("viewer");
    SignedIn ada = site.known("ada");
    byAda(site, name, "/activate");
    site.call("PATCH", site.userPath(name)).meantBy(ada).object("role", "viewer").send();
    site.call("PATCH", site.userPath(name)).meantBy(ada).json("{}").send();
    assertThat(
            site.get("/api/auth/audit?user=" + name).as(ada).send().json().get("items").isEmpty())
        .isTrue();
  }

  @Test
  void hostileTextsAreTextOnThePageAndInJson() {
    String name = "<script>alert('n')</script>";
    String agent = "<img src=x onerror=alert('a')>";
    site.post("/api/auth/login")
        .header("User-Agent", agent)
        .json(Site.credentials(name, "wrong one"))
        .send();
    JsonNode event = latest("login_failure");
    assertThat(event.get("username").asString()).isEqualTo(name);
    assertThat(event.get("user_agent").asString()).isEqualTo(agent);
    String tokenName = "</small><script>alert('t')</script>";
    site.makeToken(site.signIn("olga"), tokenName);
    assertThat(latest("token_created").at("/details/token_name").asString()).isEqualTo(tokenName);
    Answer page = site.get("/auth/admin/audit").browser().as(site.known("ada")).send();
    assertThat(page.text())
        .contains("&lt;script&gt;alert('n')", "&lt;img src=x", "&lt;/small&gt;&lt;script&gt;alert")
        .doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void longAndOddUserAgentsAreCut() {
    site.post("/api/auth/login")
        .header("User-Agent", "x".repeat(4000))
        .json(Site.credentials("somebody", "wrong one"))
        .send();
    assertThat(latest("login_failure").get("user_agent").asString()).isEqualTo("x".repeat(256));
  }

  @Test
  void noSecretIsOnRecord() {
    try (CapturedLog log = new CapturedLog()) {
      String name = site.freshAccount("admin");
      SignedIn who = site.signIn(name);
      MadeToken token = site.makeToken(who, "script");
      site.get("/jobs").bearer(token.secret()).send();
      site.get("/jobs").bearer(token.secret() + "x").send();
      site.get("/jobs").cookie("taskauth_session=" + who.token() + "x").send();
      site.post("/run/x").as(who).header("X-CSRF-Token", "x" + who.csrf()).send();
      ResetLinks.login(site, name, "a wrong password");
      String link = ResetLinks.make(site, name);
      ResetLinks.use(site, link + "x", ResetLinks.NEXT).send();
      ResetLinks.use(site, link, ResetLinks.NEXT).send();
      String record =
          site.get("/api/auth/audit?limit=200").as(site.known("ada")).send().text()
              + site.get("/auth/admin/audit").browser().as(site.known("ada")).send().text()
              + log.text();
      assertThat(record).contains(name, "token_auth_failure", "password_reset");
      for (String secret :
          List.of(
              Site.PASSWORD,
              ResetLinks.NEXT,
              "a wrong password",
              who.token(),
              who.csrf(),
              token.secret(),
              token.secret().substring("taskauth_pat_".length()),
              link)) {
        assertThat(record).doesNotContain(secret);
      }
    }
  }
}

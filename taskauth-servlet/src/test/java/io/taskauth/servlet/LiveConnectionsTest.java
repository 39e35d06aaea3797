package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.TaskAuth;
import io.taskauth.user.Role;
import io.taskauth.user.UserChange;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream ends with the session, token or account that opened it, and with nothing else. */
class LiveConnectionsTest {
  private static final String ENDED = "CREDENTIAL_ENDED";
  private static final String SERVICES = "/api/auth/admin/services/";
  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.ofItsOwn();
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  private static String path(String name) {
    return site.userPath(name);
  }

  private static Call byAda(String method, String path) {
    return site.call(method, path).meantBy(site.known("ada"));
  }

  private static void send(Call call) {
    Answer answer = call.send();
    assertThat(answer.status()).as("%s", answer).isIn(200, 204);
  }

  private static Call changePassword(SignedIn who) {
    return site.post("/api/auth/change-password")
        .meantBy(who)
        .object("old_password", Site.PASSWORD, "new_password", ResetLinks.NEXT);
  }

  /** What ends a user's session that is used by nobody else. */
  enum End {
    LOGOUT((name, who) -> send(site.post("/api/auth/logout").meantBy(who))),
    ENDED_BY_ANOTHER_SESSION(
        (name, who) ->
            send(site.call("DELETE", "/api/auth/sessions/" + who.id()).meantBy(site.signIn(name)))),
    ALL_OTHERS_ENDED(
        (name, who) -> send(site.call("DELETE", "/api/auth/sessions").meantBy(site.signIn(name)))),
    ALL_ENDED_BY_AN_ADMINISTRATOR((name, who) -> send(byAda("DELETE", path(name) + "/sessions"))),
    PASSWORD_CHANGED_BY_ANOTHER_SESSION((name, who) -> send(changePassword(site.signIn(name)))),
    PASSWORD_SET(
        (name, who) ->
            send(byAda("POST", path(name) + "/set-password").object("password", ResetLinks.NEXT))),
    DEACTIVATED((name, who) -> send(byAda("POST", path(name) + "/deactivate"))),
    DELETED((name, who) -> send(byAda("DELETE", path(name)))),
    PROMOTED((name, who) -> send(byAda("PATCH", path(name)).object("role", "operator"))),
    ON_ANOTHER_NODE(
        (name, who) -> site.change(name, UserChange.nothing().role(new Role("operator"))));

    private final BiConsumer<String, SignedIn> happens;

    End(BiConsumer<String, SignedIn> happens) {
      this.happens = happens;
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void streamEndsWithItsSession(End end) {
    String name = site.freshAccount("viewer");
    SignedIn who = site.signIn(name);
    try (OpenStream others = OpenStream.as(site, site.known("vera"));
        OpenStream one = OpenStream.as(site, who);
        OpenStream two = OpenStream.bearer(site, "/stream?bare", who.token())) {
      end.happens.accept(name, who);
      one.endsWith(ENDED);
      assertThat(two.ends()).doesNotContain(ENDED);
      others.staysOpen();
    }
  }

  @Test
  void streamsOfOtherSessionsAndHarmlessChangesEndNothing() {
    String name = site.freshAccount("viewer");
    SignedIn here = site.signIn(name);
    SignedIn there = site.signIn(name);
    MadeToken token = site.makeToken(here, "script");
    MadeToken other = site.makeToken(here, "other");
    try (OpenStream stays = OpenStream.as(site, here);
        OpenStream ofToken = OpenStream.bearer(site, "/stream", token.secret())) {
      send(site.post("/api/auth/logout").meantBy(there));
      send(site.call("DELETE", "/api/auth/tokens/" + other.id()).meantBy(here));
      send(byAda("PATCH", path(name)).object("display_name", "Somebody", "role", "viewer"));
      stays.staysOpen();
      send(changePassword(here));
      stays.staysOpen();
      ofToken.staysOpen();
      send(site.post("/api/auth/logout").meantBy(here));
      stays.endsWith(ENDED);
      ofToken.staysOpen();
    }
  }

  @Test
  void streamEndsWithItsToken() {
    String name = site.freshAccount("viewer");
    SignedIn who = site.signIn(name);
    for (BiConsumer<SignedIn, MadeToken> end :
        List.<BiConsumer<SignedIn, MadeToken>>of(
            (owner, token) ->
                send(site.call("DELETE", "/api/auth/tokens/" + token.id()).meantBy(owner)),
            (owner, token) -> send(byAda("DELETE", "/api/auth/admin/tokens/" + token.id())),
            (owner, token) -> send(byAda("POST", path(name) + "/deactivate")))) {
      MadeToken token = site.makeToken(who, "script");
      try (OpenStream stream = OpenStream.bearer(site, "/stream", token.secret())) {
        end.accept(who, token);
        stream.endsWith(ENDED);
      }
    }
  }

  @Test
  void streamEndsWithItsMachine() {
    MadeToken deleted = site.service("deleted", "drain");
    MadeToken replaced = site.service("replaced", "drain");
    MadeToken stays = site.service("stays", "drain");
    try (OpenStream one = OpenStream.bearer(site, "/machine/stream", deleted.secret());
        OpenStream two = OpenStream.bearer(site, "/machine/stream", replaced.secret());
        OpenStream three = OpenStream.bearer(site, "/machine/stream", stays.secret());
        OpenStream ofConfig = OpenStream.bearer(site, "/machine/stream", Site.CONFIG_SECRET);
        OpenStream foreign = OpenStream.bearer(site, "/machine/stream", "x.valid")) {
      send(byAda("DELETE", SERVICES + deleted.id()));
      one.endsWith(ENDED);
      send(byAda("POST", SERVICES + replaced.id() + "/rotate").object("overlap_seconds", 0));
      two.endsWith(ENDED);
      send(byAda("POST", SERVICES + stays.id() + "/rotate").object());
      three.staysOpen();
      ofConfig.staysOpen();
      foreign.staysOpen();
    }
  }

  @Test
  void sessionThatEndsBeforeTheStreamIsBoundEndsItAtOnce() {
    String name = site.freshAccount("viewer");
    SignedIn who = site.signIn(name);
    LiveStream.BEFORE_NEXT.set(() -> send(site.post("/api/auth/logout").meantBy(who)));
    try (OpenStream stream = OpenStream.as(site, who)) {
      stream.endsWith(ENDED);
    }
  }

  @Test
  void streamOfNoMoreInterestIsLeftAlone() {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    try (OpenStream stream = OpenStream.bearer(site, "/stream?forgotten", who.token())) {
      send(site.post("/api/auth/logout").meantBy(who));
      stream.staysOpen();
    }
  }

  @Test
  void strangersStreamOnAnOpenPathIsNobodys() {
    int before = site.auth.live().count();
    try (OpenStream stream = OpenStream.of(site.port(), "/public/stream", "X-Nobody: yes")) {
      assertThat(site.auth.live().count()).isEqualTo(before);
      stream.staysOpen();
    }
  }

  @Test
  void withoutAStoreLogoutEndsItToo() throws Exception {
    TaskAuth auth = Site.builder().user("console", Site.PASSWORD).build();
    Container jetty =
        JettyContainer.start("", new TaskAuthFilter(auth, HostApp.options(Mount.ROOT)));
    try {
      SignedIn leaves = console(jetty);
      SignedIn stays = console(jetty);
      try (OpenStream left = OpenStream.of(jetty.port(), "/stream", "Cookie: " + leaves.session());
          OpenStream kept = OpenStream.of(jetty.port(), "/stream", "Cookie: " + stays.session())) {
        new Call(jetty.port(), "POST", "/api/auth/logout").meantBy(leaves).send();
        left.endsWith(ENDED);
        kept.staysOpen();
      }
    } finally {
      jetty.stop();
      auth.close();
    }
  }

  private static SignedIn console(Container jetty) {
    return Site.signedIn(
        new Call(jetty.port(), "POST", "/api/auth/login")
            .json(Site.credentials("console", Site.PASSWORD))
            .send());
  }

  @Test
  void streamThatEndsByItselfIsLetGo() throws InterruptedException {
    Site own = Site.ofItsOwn();
    String session = "Cookie: " + own.signIn("ada").session();
    try (OpenStream stream = OpenStream.of(own.port(), own.path("/stream?short"), session)) {
      for (int i = 0; i < 500 && own.auth.live().count() > 0; i++) {
        Thread.sleep(20);
      }
      assertThat(own.auth.live().count()).isZero();
    } finally {
      own.stop();
    }
  }

  @Test
  void requestThatNoFilterSawIsNotBoundInSilence() {
    Object unseen =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> null);
    assertThatThrownBy(() -> LiveConnections.bind((HttpServletRequest) unseen, () -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}

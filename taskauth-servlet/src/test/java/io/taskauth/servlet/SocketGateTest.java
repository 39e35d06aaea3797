package io.taskauth.servlet;

import static io.taskauth.servlet.Door.ticket;
import static io.taskauth.servlet.Door.withTicket;
import static io.taskauth.servlet.Door.ws;
import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets are opened by a ticket or by a child process, and by nothing else. */
class SocketGateTest {
  private static final String WHO = "not_authenticated";
  private static final String BAD = "invalid_token";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";
  private static final String AS_PROTOCOL = "taskauth.ticket.";

  private static final List<Scenario> SCENARIOS =
      List.of(
          passed("a ticket in the query", s -> withTicket(s, ticket(s, "vera"))),
          passed(
              "a ticket as a subprotocol",
              s -> ws(s, "/ws").header(PROTOCOL, "v1, " + AS_PROTOCOL + ticket(s, "vera"))),
          passed(
              "a ticket of a token",
              s -> withTicket(s, Door.ticketByToken(s, s.token("vera", "deploy")))),
          passed(
              "a ticket beside a dead cookie",
              s -> withTicket(s, ticket(s, "vera")).cookie("taskauth_session=a.b.c")),
          refused("nothing", 401, WHO, s -> ws(s, "/ws")),
          refused("a cookie", 401, WHO, s -> ws(s, "/ws").meantBy(s.known("ada"))),
          refused("a cookie under an open prefix", 401, WHO, s -> ws(s, "/public/ws").as(ada(s))),
          refused("nothing there", 401, WHO, s -> ws(s, "/public/ws")),
          refused("a user's token", 401, BAD, s -> ws(s, "/ws").bearer(s.token("ada").secret())),
          refused("a session's token", 401, BAD, s -> ws(s, "/ws").bearer(ada(s).token())),
          refused("a machine's token", 401, BAD, s -> ws(s, "/ws").bearer(Site.CONFIG_SECRET)),
          refused(
              "another scheme", 401, BAD, s -> ws(s, "/ws").header("Authorization", "Basic YTpi")),
          refused(
              "a ticket beside another credential",
              401,
              BAD,
              s -> withTicket(s, ticket(s, "vera")).bearer("x")),
          refused("a ticket as a bearer", 401, BAD, s -> ws(s, "/ws").bearer(ticket(s, "vera"))),
          refused("an empty ticket", 401, BAD, s -> ws(s, "/ws?ticket=")),
          refused("a guess", 401, BAD, s -> withTicket(s, "A".repeat(43))),
          refused("a longer one", 401, BAD, s -> withTicket(s, ticket(s, "vera") + "x")),
          refused("the session's id", 401, BAD, s -> withTicket(s, s.known("vera").id())),
          refused(
              "two in the query",
              400,
              "invalid_request",
              s -> ws(s, "/ws?ticket=" + ticket(s, "vera") + "&ticket=" + ticket(s, "vera"))),
          refused("no upgrade", 400, "invalid_request", s -> s.get("/ws").as(ada(s))),
          refused(
              "another upgrade",
              400,
              "invalid_request",
              s -> s.get("/ws").header("Upgrade", "x").header("Connection", "Upgrade")),
          refused("POST", 405, "method_not_allowed", s -> s.post("/ws").meantBy(ada(s))),
          refused("HEAD", 405, "", s -> s.call("HEAD", "/ws").as(ada(s))),
          refused(
              "a role too small",
              403,
              "forbidden",
              s -> ws(s, "/admin/ws?ticket=" + ticket(s, "vera"))),
          passed("the role for it", s -> ws(s, "/admin/ws?ticket=" + ticket(s, "ada"))),
          passed("another spelling", s -> ws(s, "/w%73?ticket=" + ticket(s, "vera"))),
          passed("a slash at the end", s -> ws(s, "/ws/?ticket=" + ticket(s, "vera"))),
          refused("another spelling, a cookie", 401, WHO, s -> ws(s, "/w%73").as(ada(s))),
          refused("a slash, a cookie", 401, WHO, s -> ws(s, "/ws/").as(ada(s))));

  private static SignedIn ada(Site site) {
    return site.known("ada");
  }

  static Stream<Arguments> table() {
    return Scenario.at(Sites.perContainer(), SCENARIOS);
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("table")
  void tableHolds(Site site, Scenario scenario) {
    Answer answer = scenario.holdsAt(site);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    if (scenario.status() == 405) {
      assertThat(answer.header("Allow")).contains("GET");
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void browserIsNeverSentToTheLogin(Site site) {
    for (Call call : List.of(ws(site, "/ws"), ws(site, "/ws").as(ada(site)), site.get("/ws"))) {
      Answer answer = call.browser().send();
      assertThat(answer.status()).isIn(400, 401);
      assertThat(answer.header("Location")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ticketIsForOneTime(Site site) {
    String ticket = ticket(site, "olga");
    assertThat(withTicket(site, ticket).send().text())
        .contains("user=olga\n", "roles=viewer,operator\n");
    assertThat(withTicket(site, ticket).send().error()).isEqualTo(BAD);
    assertThat(ws(site, "/ws").header(PROTOCOL, AS_PROTOCOL + ticket).send().error())
        .isEqualTo(BAD);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void twoTicketsOpenNothingAndAreNotSpent(Site site) {
    String one = ticket(site, "vera");
    String two = ticket(site, "olga");
    for (Call call :
        List.of(
            ws(site, "/ws?ticket=" + one + "&ticket=" + two),
            withTicket(site, one).header(PROTOCOL, AS_PROTOCOL + two),
            withTicket(site, one).header(PROTOCOL, AS_PROTOCOL + one),
            withTicket(site, "").header(PROTOCOL, AS_PROTOCOL + one),
            ws(site, "/ws").header(PROTOCOL, AS_PROTOCOL + one + "," + AS_PROTOCOL + two),
            ws(site, "/ws")
                .header(PROTOCOL, AS_PROTOCOL + one)
                .header(PROTOCOL, AS_PROTOCOL + two))) {
      assertThat(call.send().error()).isEqualTo("invalid_request");
    }
    assertThat(withTicket(site, one).send().text()).contains("user=vera\n");
    assertThat(withTicket(site, two).send().text()).contains("user=olga\n");
  }

  @Test
  void ticketIsGoodForThirtySeconds() {
    Site site = Site.ofItsOwn();
    try {
      String used = ticket(site, "vera");
      String left = ticket(site, "vera");
      site.clock.advance(Duration.ofMillis(29_999));
      assertThat(withTicket(site, used).send().status()).isEqualTo(200);
      site.clock.advance(Duration.ofMillis(1));
      assertThat(withTicket(site, left).send().error()).isEqualTo(BAD);
    } finally {
      site.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ticketDiesWithWhatItWasMadeWith(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn who = site.signIn(name);
    String ofSession = ticket(site, who);
    site.post("/api/auth/logout").meantBy(who).send();
    assertThat(withTicket(site, ofSession).send().error()).isEqualTo(BAD);

    SignedIn again = site.signIn(name);
    MadeToken token = site.makeToken(again, "script");
    String ofToken = Door.ticketByToken(site, token);
    site.call("DELETE", "/api/auth/tokens/" + token.id()).meantBy(again).send();
    assertThat(withTicket(site, ofToken).send().error()).isEqualTo(BAD);

    String ofAccount = ticket(site, again);
    site.change(name, UserChange.nothing().deactivate(site.clock.instant(), null));
    assertThat(withTicket(site, ofAccount).send().error()).isEqualTo(BAD);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void roleCountsAsItIsWhenTheTicketIsTaken(Site site) {
    String name = site.freshAccount("admin");
    String ticket = ticket(site, site.signIn(name));
    site.change(name, UserChange.nothing().role(new io.taskauth.user.Role("viewer")));
    assertThat(ws(site, "/admin/ws?ticket=" + ticket).send().error()).isEqualTo("forbidden");
  }

  @Test
  void scopeThatThePathTakesHoldsForTokens() {
    Site site =
        Site.custom(
            Mount.ROOT, settings -> settings, options -> options.requireScope("deploy", "/ws"));
    try {
      String none = Door.ticketByToken(site, site.token("vera", "metrics"));
      assertThat(withTicket(site, none).send().error()).isEqualTo("insufficient_scope");
      String one = Door.ticketByToken(site, site.token("vera", "deploy"));
      assertThat(withTicket(site, one).send().text()).contains("scopes=deploy\n");
      assertThat(withTicket(site, ticket(site, "vera")).send().status()).isEqualTo(200);
    } finally {
      site.stop();
    }
  }

  @Test
  void childProcessComesWithItsCredentialAsOftenAsItLikes() {
    Site site = Site.ofItsOwn();
    try {
      for (String guess : List.of("taskauth_internal_", "x", "A".repeat(43))) {
        assertThat(ws(site, "/ws").bearer(guess).send().error()).as("none is made").isEqualTo(BAD);
      }
      String credential = TokenRouteTable.internalCredential(site);
      for (int i = 0; i < 3; i++) {
        assertThat(ws(site, "/ws").bearer(credential).send().text())
            .contains("user=service:child-process\n", "roles=\n", "scopes=\n");
      }
      assertThat(ws(site, "/admin/ws").bearer(credential).send().status()).isEqualTo(200);
      for (Call call :
          List.of(
              ws(site, "/ws").bearer(credential + "x"),
              ws(site, "/ws").bearer(credential.substring(1)),
              ws(site, "/ws").header("Authorization", ""),
              ws(site, "/ws").bearer(""),
              ws(site, "/ws").bearer(credential).bearer(credential),
              ws(site, "/ws?ticket=" + credential),
              ws(site, "/ws").header(PROTOCOL, AS_PROTOCOL + credential),
              site.get("/jobs").bearer(credential),
              ws(site, "/jobs").bearer(credential),
              site.get("/api/auth/whoami").bearer(credential))) {
        assertThat(call.send().error()).isEqualTo(BAD);
      }
      assertThat(ws(site, "/ws?token=" + credential).send().error()).isEqualTo(WHO);
      assertThat(site.get("/api/auth/audit?event=token_auth_failure").as(ada(site)).send().text())
          .contains("internal_credential_unknown")
          .doesNotContain(credential);
    } finally {
      site.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void childsCredentialCountsAloneAndSpendsNoTicket(Site site) {
    String ticket = ticket(site, "vera");
    String credential = TokenRouteTable.internalCredential(site);
    assertThat(withTicket(site, ticket).bearer(credential).send().text())
        .contains("user=service:child-process\n")
        .doesNotContain(ticket);
    assertThat(withTicket(site, ticket).send().text()).contains("user=vera\n");
  }

  @Test
  void storeThatIsOutIsNoBadTicket() {
    Site site = Site.ofItsOwn();
    try {
      String ticket = ticket(site, "vera");
      site.store.cutOff();
      Answer answer = withTicket(site, ticket).send();
      assertThat(answer.error()).isEqualTo("store_unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      site.store.restore();
      assertThat(withTicket(site, ticket).send().status()).isEqualTo(200);
    } finally {
      site.stop();
    }
  }
}

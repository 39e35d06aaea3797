package io.taskauth.servlet;

import static io.taskauth.servlet.Door.ticket;
import static io.taskauth.servlet.Door.withTicket;
import static io.taskauth.servlet.Door.ws;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tickets are made for users, seen by nobody, and taken by one. */
class TicketTest {
  private static final String API = "/api/auth/ws-ticket";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ticketIsMadeForSessionsAndTokensThatMayChangeThings(Site site) {
    Answer made = site.post(API).meantBy(site.known("vera")).send();
    assertThat(made.json().get("ticket").asString()).matches("[A-Za-z0-9_-]{43}");
    assertThat(made.json().get("ttl_seconds").asInt()).isEqualTo(30);
    assertThat(made.header("Cache-Control")).contains("no-store");
    assertThat(site.post(API).bearer(site.known("vera").token()).send().status()).isEqualTo(200);
    assertThat(site.post(API).bearer(site.token("vera").secret()).send().status()).isEqualTo(200);

    assertRefused(site.post(API), 401, "not_authenticated");
    assertRefused(site.post(API).as(site.known("vera")), 403, "csrf_failed");
    assertRefused(
        site.post(API).meantBy(site.known("vera")).header("Origin", "https://evil.example"),
        403,
        "csrf_failed");
    assertRefused(
        site.post(API).bearer(site.token("vera", "read").secret()), 403, "insufficient_scope");
    for (String machine : List.of(Site.CONFIG_SECRET, "x.valid", "taskauth_svc_x")) {
      assertRefused(site.post(API).bearer(machine), 401, "invalid_token");
    }
    Answer byGet = site.get(API).as(site.known("vera")).send();
    assertThat(byGet.status()).isEqualTo(405);
    assertThat(byGet.header("Allow")).contains("POST");
  }

  private static void assertRefused(Call call, int status, String error) {
    Answer answer = call.send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(answer.text()).doesNotContain("\"ticket\"");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void hostSeesNoTicketHoweverItCame(Site site) {
    String ticket = ticket(site, "vera");
    assertThat(ws(site, "/ws?a=1&ticket=" + ticket + "&colour=blue").send().text())
        .contains("query=a=1&colour=blue\n", "parameters=[a, colour]\n", "colour=blue\n")
        .doesNotContain(ticket);
    String alone = ticket(site, "vera");
    assertThat(withTicket(site, alone).send().text())
        .contains("query=null\n", "parameters=[]\n", "ticket=null\n", "tickets=null\n")
        .doesNotContain(alone);
    String spelt = ticket(site, "vera");
    assertThat(ws(site, "/ws?tic%6bet=" + spelt + "&colour=blue").send().text())
        .contains("query=colour=blue\n", "user=vera\n")
        .doesNotContain(spelt);
    String spoken = ticket(site, "vera");
    assertThat(
            ws(site, "/ws?colour=blue")
                .header(PROTOCOL, "taskauth.v1")
                .header(PROTOCOL, "TaskAuth.Ticket." + spoken + " , v2")
                .send()
                .text())
        .contains("protocols=[taskauth.v1, v2]\n", "query=colour=blue\n", "user=vera\n")
        .doesNotContain(spoken);
    String onlySpoken = ticket(site, "vera");
    assertThat(ws(site, "/ws").header(PROTOCOL, "taskauth.ticket." + onlySpoken).send().text())
        .contains("protocols=[]\n", "protocol=null\n")
        .doesNotContain(onlySpoken);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nothingThatTheHostDispatchesToSeesTheTicket(Site site) {
    for (String way : List.of("async", "error", "forward")) {
      String ticket = ticket(site, "vera");
      String seen = ws(site, "/ws/" + way + "?ticket=" + ticket + "&colour=blue").send().text();
      assertThat(seen)
          .contains("dispatch=" + way.toUpperCase(java.util.Locale.ROOT) + "\n", "user=vera\n")
          .contains("colour=blue\n")
          .doesNotContain(ticket);
      String spoken = ticket(site, "vera");
      assertThat(
              ws(site, "/ws/" + way)
                  .header(PROTOCOL, "v1, taskauth.ticket." + spoken)
                  .send()
                  .text())
          .contains("user=vera\n", "protocols=[v1]\n")
          .doesNotContain(spoken);
    }
  }

  @Test
  void noTicketIsOnRecordOrInALog() {
    Site site = Site.ofItsOwn();
    try (CapturedLog log = new CapturedLog()) {
      List<String> tickets = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        tickets.add(ticket(site, "ada"));
      }
      withTicket(site, tickets.get(0)).send();
      withTicket(site, tickets.get(0)).send();
      withTicket(site, tickets.get(1)).header("Origin", "https://evil.example").send();
      withTicket(site, tickets.get(2)).header(PROTOCOL, "taskauth.ticket.x").send();
      withTicket(site, tickets.get(3)).bearer("x").send();
      site.store.cutOff();
      withTicket(site, tickets.get(4)).send();
      site.store.restore();
      String record =
          site.get("/api/auth/audit?limit=100").as(site.known("ada")).send().text() + log.text();
      assertThat(record).contains("ws_ticket_issued", "ws_ticket_refused", "csrf_rejected");
      tickets.forEach(ticket -> assertThat(record).doesNotContain(ticket));
    } finally {
      site.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ofTwentyAtOnceOneIsLetIn(Site site) throws Exception {
    String ticket = ticket(site, "vera");
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService callers = Executors.newFixedThreadPool(20);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            callers.submit(
                () -> {
                  start.await();
                  return withTicket(site, ticket).send().status();
                }));
      }
      start.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void withoutAStoreTheProcessKeepsThem() throws Exception {
    SettableClock clock = new SettableClock();
    TaskAuth auth = Site.builder().clock(clock).user("console", Site.PASSWORD).build();
    Container jetty =
        JettyContainer.start("", new TaskAuthFilter(auth, HostApp.options(Mount.ROOT)));
    try {
      SignedIn console =
          Site.signedIn(
              call(jetty, "POST", "/api/auth/login")
                  .json(Site.credentials("console", Site.PASSWORD))
                  .send());
      String late = ticketAt(jetty, console);
      clock.advance(Duration.ofSeconds(30));
      assertThat(open(jetty, late).error()).isEqualTo("invalid_token");
      String used = ticketAt(jetty, console);
      String left = ticketAt(jetty, console);
      assertThat(open(jetty, used).text()).contains("user=console\n").doesNotContain(used);
      assertThat(open(jetty, used).error()).isEqualTo("invalid_token");
      call(jetty, "POST", "/api/auth/logout").meantBy(console).send();
      assertThat(open(jetty, left).error()).isEqualTo("invalid_token");
    } finally {
      jetty.stop();
      auth.close();
    }
  }

  private static Call call(Container container, String method, String path) {
    return new Call(container.port(), method, path);
  }

  private static String ticketAt(Container container, SignedIn who) {
    return call(container, "POST", API).meantBy(who).send().json().get("ticket").asString();
  }

  private static Answer open(Container container, String ticket) {
    return Door.upgrade(call(container, "GET", "/ws?ticket=" + ticket)).send();
  }
}

package io.taskauth.servlet;

import static io.taskauth.servlet.Door.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page of another site opens no WebSocket here, nor does one that came under a foreign name. */
class SocketOriginTest {
  private static final String SITE = "https://tools.example.com";
  private static final String CONSOLE = "https://console.example.org:8443";

  private static final UnaryOperator<WebOptions> UNNAMED = options -> options.trustedProxies();
  private static final UnaryOperator<WebOptions> NAMED =
      options -> options.trustedProxies().publicUrl(SITE + "/x").allowedOrigins(CONSOLE);
  private static final UnaryOperator<WebOptions> PROXIED =
      options -> options.publicUrl(SITE).allowedOrigins(CONSOLE);

  private static final Map<String, Site> SITES = new java.util.TreeMap<>();

  private static Site site(Kind kind, String name, UnaryOperator<WebOptions> options) {
    return SITES.computeIfAbsent(
        kind + name,
        key ->
            Site.special(
                Mount.ROOT,
                (mount, auth) ->
                    kind.start(
                        mount, new TaskAuthFilter(auth, options.apply(HostApp.options(mount))))));
  }

  @AfterAll
  static void stop() {
    SITES.values().forEach(Site::stop);
  }

  /** What a request says of itself, and whether it may come in. */
  private record Row(String says, boolean mayCome, BiFunction<Site, Call, Call> saying) {}

  private static Row opens(String says, BiFunction<Site, Call, Call> saying) {
    return new Row(says, true, saying);
  }

  private static Row refused(String says, BiFunction<Site, Call, Call> saying) {
    return new Row(says, false, saying);
  }

  private static Row from(boolean mayCome, String origin) {
    return new Row("Origin: " + origin, mayCome, (s, c) -> c.header("Origin", origin));
  }

  private static Row to(boolean mayCome, String host) {
    return new Row("Host: " + host, mayCome, (s, c) -> c.host(host));
  }

  private static Row byNameOf(boolean mayCome, String host, String origin) {
    return new Row(
        host + " from " + origin, mayCome, (s, c) -> c.host(host).header("Origin", origin));
  }

  private static final List<Row> ANYWHERE =
      List.of(
          opens("nothing, as programs do", (s, c) -> c),
          from(false, "https://evil.example"),
          from(false, "null"),
          from(false, ""),
          from(false, "http://127.0.0.1"),
          refused(
              "two origins",
              (s, c) -> c.header("Origin", own(s)).header("Origin", "https://evil.example")),
          refused("cross-site", (s, c) -> c.header("Sec-Fetch-Site", "cross-site")));

  private static final List<Row> WITHOUT_A_NAME =
      List.of(
          opens("its own origin", (s, c) -> c.header("Origin", own(s))),
          opens("its own in capitals", (s, c) -> c.header("Origin", own(s).toUpperCase())),
          refused("by HTTPS", (s, c) -> c.header("Origin", own(s).replace("http:", "https:"))),
          to(false, "evil.example"),
          byNameOf(false, "evil.example", "http://evil.example"),
          byNameOf(false, "tools.example.com", "http://tools.example.com"),
          to(false, "localhost.evil.example"),
          to(false, "127.0.0.1.evil.example"),
          to(false, "localhost."),
          to(true, "192.0.2.7:8080"),
          to(true, "localhost"),
          to(true, "LOCALHOST:8080"),
          to(true, "[::1]:8080"),
          byNameOf(true, "localhost:8080", "http://localhost:8080"),
          byNameOf(true, "[::1]:8080", "http://[::1]:8080"),
          byNameOf(false, "localhost:8080", "http://localhost:9090"));

  private static final List<Row> WITH_A_NAME =
      List.of(
          byNameOf(true, "tools.example.com", SITE),
          byNameOf(true, "TOOLS.example.com:443", SITE),
          byNameOf(true, "tools.example.com", CONSOLE),
          byNameOf(true, "console.example.org:8443", CONSOLE),
          opens(
              "a known origin of another site",
              (s, c) ->
                  c.host("tools.example.com")
                      .header("Origin", CONSOLE)
                      .header("Sec-Fetch-Site", "cross-site")),
          to(true, "tools.example.com"),
          to(false, "evil.example"),
          to(false, "tools.example.com.evil.example"),
          byNameOf(false, "tools.example.com", "http://tools.example.com"),
          byNameOf(false, "tools.example.com", "https://tools.example.com:8443"),
          byNameOf(false, "tools.example.com", "https://console.example.org"),
          byNameOf(false, "evil.example", "http://evil.example"),
          byNameOf(false, "evil.example", SITE),
          refused("its own address", (s, c) -> c.header("Origin", own(s))));

  private static final List<Row> BEHIND_A_PROXY =
      List.of(
          to(true, "backend:8080"),
          byNameOf(true, "backend:8080", SITE),
          byNameOf(true, "backend:8080", CONSOLE),
          byNameOf(false, "backend:8080", "http://backend:8080"),
          byNameOf(false, "backend:8080", "https://evil.example"));

  private static String own(Site site) {
    return "http://127.0.0.1:" + site.port();
  }

  static Stream<Arguments> table() {
    return Stream.of(Kind.JETTY, Kind.TOMCAT_11, Kind.UNDERTOW)
        .flatMap(
            kind ->
                Stream.of(
                        rows(site(kind, "unnamed", UNNAMED), ANYWHERE),
                        rows(site(kind, "unnamed", UNNAMED), WITHOUT_A_NAME),
                        rows(site(kind, "named", NAMED), ANYWHERE),
                        rows(site(kind, "named", NAMED), WITH_A_NAME),
                        rows(site(kind, "proxied", PROXIED), ANYWHERE),
                        rows(site(kind, "proxied", PROXIED), BEHIND_A_PROXY))
                    .flatMap(rows -> rows));
  }

  private static Stream<Arguments> rows(Site site, List<Row> rows) {
    return rows.stream().map(row -> Arguments.of(site, row));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("table")
  void handshakeIsDecidedByNamesFirst(Site site, Row row) {
    String ticket = ticket(site, "vera");
    assertDecided(row, row.saying().apply(site, Door.withTicket(site, ticket)).send());
    if (!row.mayCome()) {
      assertThat(Door.withTicket(site, ticket).send().status())
          .as("a ticket is not spent by a page of another site")
          .isEqualTo(200);
    }
    // A path that is no door has cookies that count, and a foreign page opens nothing there either.
    assertDecided(
        row, row.saying().apply(site, Door.ws(site, "/jobs").as(site.known("vera"))).send());
    assertDecided(row, row.saying().apply(site, Door.ws(site, "/public/x")).send());
  }

  private static void assertDecided(Row row, Answer answer) {
    assertThat(answer.isFromHost()).as("%s: %s", row.says(), answer).isEqualTo(row.mayCome());
    if (!row.mayCome() && answer.status() != 400) {
      assertThat(answer.status()).as("%s", answer).isEqualTo(403);
      assertThat(answer.error()).isEqualTo("csrf_failed");
    }
  }

  @Test
  void twoHostsAreNone() {
    for (Kind kind : List.of(Kind.JETTY, Kind.TOMCAT_11, Kind.UNDERTOW)) {
      Site site = site(kind, "unnamed", UNNAMED);
      Answer answer =
          Door.withTicket(site, ticket(site, "vera")).header("Host", "127.0.0.1").send();
      assertThat(answer.isFromHost()).as("%s %s", kind, answer).isFalse();
      assertThat(answer.status()).isIn(400, 403);
    }
  }

  @Test
  void refusalIsOnRecord() {
    Site site = site(Kind.JETTY, "unnamed", UNNAMED);
    Door.ws(site, "/ws").header("Origin", "https://evil.example").send();
    assertThat(site.get("/api/auth/audit?event=csrf_rejected").as(site.known("ada")).send().text())
        .contains("\"path\":\"/ws\"");
  }

  @Test
  void allowedOriginIsNoReasonToTakeAChangeFromAnotherSite() {
    Site site = site(Kind.JETTY, "named", NAMED);
    Call call = site.post("/jobs").meantBy(site.known("vera")).header("Origin", CONSOLE);
    assertThat(call.header("Sec-Fetch-Site", "cross-site").send().error()).isEqualTo("csrf_failed");
  }
}

package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Paths of machines: decided by their tokens alone, before everything else, and never open. */
class TokenRouteTest {
  private static final List<String> SPELLINGS =
      List.of(
          "/machine",
          "/machine/",
          "/mach%69ne",
          "/%6Dachine",
          "/./machine",
          "/machine/.",
          "/x/../machine",
          "/x/%2e%2e/machine",
          "/public/../machine",
          "/machine;a=b",
          "/machine;jsessionid=1",
          "/machine/;x",
          "/;x/machine",
          "//machine",
          "/machine%2F",
          "/machine%00",
          "/machine%3Bx",
          "/%256Dachine",
          "/x\\..\\machine");

  static Stream<Arguments> table() {
    return Scenario.at(
        Sites.perContainer(),
        Stream.of(
                TokenRouteTable.CREDENTIALS,
                TokenRouteTable.PROVIDERS,
                TokenRouteTable.ROUTES,
                TokenRouteTable.FOR_USERS,
                TokenRouteTable.LOOPBACK)
            .flatMap(List::stream)
            .toList());
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("table")
  void tableHolds(Site site, Scenario scenario) {
    Answer answer = scenario.holdsAt(site);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.header("Retry-After").isPresent()).isEqualTo(scenario.status() == 503);
    switch (scenario.error()) {
      case "not_authenticated" -> assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
      case "invalid_token" ->
          assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
      case "insufficient_scope" ->
          assertThat(answer.header("WWW-Authenticate").orElseThrow())
              .matches("Bearer error=\"insufficient_scope\", scope=\"(drain|metrics)\"");
      case "method_not_allowed" ->
          assertThat(answer.header("Allow")).contains("DELETE, GET, HEAD, POST");
      default -> assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nothingOfOursIsShownToProviders(Site site) {
    List<String> ours =
        List.of(
            site.token("ada").secret(),
            site.known("ada").token(),
            TokenRouteTable.internalCredential(site),
            site.service("shown-to-nobody-" + site.platform.seen.size(), "drain").secret());
    for (String path : List.of("/machine", "/metrics", "/drain", "/api/auth/whoami", "/jobs")) {
      ours.forEach(token -> site.get(path).bearer(token).send());
      site.get(path).as(site.known("ada")).send();
    }
    site.get("/machine").bearer("for.the.providers").send();
    assertThat(site.platform.seen).contains("for.the.providers").doesNotContainAnyElementsOf(ours);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void hostSeesAMachineThatHasNoRole(Site site) {
    assertThat(site.get("/machine").bearer(Site.CONFIG_SECRET).send().text())
        .contains(
            "user=service:deployer\n", "principal=service:deployer\n", "roles=\n", "scopes=\n")
        .contains("type=taskauth\n");
    assertThat(site.get("/machine").bearer("cloud.valid").send().text())
        .as("the first that knows it decides")
        .contains("user=service:pod\n");
    assertThat(site.get("/machine").bearer("x.valid").send().text())
        .contains("user=service:scraper\n");
    assertThat(site.get("/public/x").bearer("x.valid").send().text())
        .as("it is nobody elsewhere")
        .contains("user=null\n");
    assertThat(site.get("/metrics").as(site.known("vera")).send().text())
        .contains("user=vera\n", "roles=viewer\n");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void noSpellingOfThePathLetsAUserIn(Site site) {
    for (String path : SPELLINGS) {
      assertThat(site.get(path).as(site.known("ada")).send().isFromHost()).as(path).isFalse();
      assertThat(site.get(path).browser().send().status()).as(path).isIn(400, 401, 404);
      Answer machines = site.get(path).bearer(Site.CONFIG_SECRET).send();
      assertThat(machines.status()).as("%s %s", path, machines).isIn(200, 400, 404);
    }
    assertThat(site.get("/machine/").bearer(Site.CONFIG_SECRET).send().status()).isEqualTo(200);
    assertThat(site.get("/mach%69ne").bearer(Site.CONFIG_SECRET).send().status()).isEqualTo(200);
    assertThat(site.get("/machine/x").as(site.known("ada")).send().status())
        .as("below it is another path")
        .isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void headIsGet(Site site) {
    Answer head = site.call("HEAD", "/drain").bearer(Site.CONFIG_SECRET).send();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(site.call("HEAD", "/drain").send().status()).isEqualTo(401);
    assertThat(site.call("HEAD", "/drain").bearer("x.valid").send().status()).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void browserIsNeverSentToTheLogin(Site site) {
    for (Call call :
        List.of(
            site.get("/machine"),
            site.get("/public/machine"),
            site.get("/machine").as(site.known("ada")),
            site.get("/machine").cookie("taskauth_session=a.b.c"))) {
      Answer answer = call.browser().send();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("Location")).isEmpty();
      assertThat(answer.headers("Set-Cookie")).isEmpty();
      assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }
    Answer forUsers = site.get("/metrics").browser().send();
    assertThat(forUsers.status()).isEqualTo(302);
    assertThat(forUsers.location()).startsWith(site.path("/auth/login?next="));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void machinesDoNotWaitForTheFirstUser(Kind kind) {
    Site site = Site.empty(kind, Mount.ROOT);
    try {
      assertThat(site.get("/machine").bearer(Site.CONFIG_SECRET).send().status()).isEqualTo(200);
      assertThat(site.get("/machine").browser().send().status()).isEqualTo(401);
      assertThat(site.get("/machine").bearer("out.x").send().status()).isEqualTo(503);
      assertThat(site.get("/metrics").bearer("x.valid").send().status()).isEqualTo(200);
      assertThat(site.get("/metrics").send().error()).isEqualTo("setup_required");
    } finally {
      site.stop();
    }
  }

  @Test
  void withoutAnyProviderTheyStayClosed() throws Exception {
    TaskAuth auth = Site.builder().user("console", Site.PASSWORD).build();
    Container jetty =
        JettyContainer.start("", new TaskAuthFilter(auth, HostApp.options(Mount.ROOT)));
    try {
      for (String path : List.of("/machine", "/public/machine", "/drain", "/here", "/metrics")) {
        assertThat(new Call(jetty.port(), "GET", path).send().status()).as(path).isEqualTo(401);
        for (String token : List.of("x.valid", Site.CONFIG_SECRET, "taskauth_svc_x")) {
          Answer answer = new Call(jetty.port(), "GET", path).bearer(token).send();
          assertThat(answer.error()).as(path).isEqualTo("invalid_token");
        }
      }
    } finally {
      jetty.stop();
      auth.close();
    }
  }

  @Test
  void accountThatHasToBeLookedUpWhileTheStoreIsOutIsAskedToComeAgain() {
    Site site = Site.ofItsOwn();
    try {
      MadeToken deploy = site.service("deploy", "drain");
      assertThat(site.get("/drain").bearer(deploy.secret()).send().status()).isEqualTo(200);
      site.clock.advance(Duration.ofMinutes(1));
      site.store.cutOff();
      for (String path : List.of("/drain", "/machine", "/metrics", "/api/auth/whoami")) {
        Answer answer = site.get(path).bearer(deploy.secret()).send();
        assertThat(answer.error()).as(path).isEqualTo("store_unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
      }
      assertThat(site.get("/drain").bearer(deploy.secret() + "x").send().status())
          .as("a forged one is turned away by its signature")
          .isEqualTo(401);
      assertThat(site.get("/drain").bearer(Site.CONFIG_SECRET).send().status()).isEqualTo(200);
    } finally {
      site.store.restore();
      site.stop();
    }
  }

  @Test
  void machinesAreOnRecordOnceAMinute() {
    Site site = Site.ofItsOwn();
    try {
      for (int i = 0; i < 3; i++) {
        site.get("/machine").bearer(Site.CONFIG_SECRET).send();
        site.get("/machine").bearer("x.valid").send();
      }
      assertThat(record(site, "token_auth_success"))
          .extracting(event -> event.get("username").asString())
          .containsExactlyInAnyOrder("service:deployer", "service:scraper");
      assertThat(record(site, "token_auth_success"))
          .extracting(event -> event.at("/details/provider").asString())
          .containsExactlyInAnyOrder("taskauth-config", "platform");
      site.clock.advance(Duration.ofMinutes(1));
      site.get("/machine").bearer("x.valid").send();
      assertThat(record(site, "token_auth_success")).hasSize(3);

      site.get("/machine").bearer("nobody.knows.this").send();
      site.get("/machine").header("Authorization", "Basic YTpi").send();
      site.get("/machine").send();
      site.get("/machine").bearer(TokenRouteTable.internalCredential(site)).send();
      assertThat(record(site, "token_auth_failure"))
          .extracting(event -> event.at("/details/reason").asString())
          .containsExactlyInAnyOrder(
              "service_token_unknown", "service_token_malformed", "internal_credential_misplaced");
      site.get("/metrics").bearer(Site.CONFIG_SECRET).send();
      assertThat(record(site, "access_denied"))
          .extracting(event -> event.get("username").asString())
          .containsExactly("service:deployer");
      assertThat(record(site, "").toString()).doesNotContain("nobody.knows", Site.CONFIG_SECRET);
    } finally {
      site.stop();
    }
  }

  private static List<JsonNode> record(Site site, String event) {
    return site.get("/api/auth/audit?limit=100&event=" + event)
        .as(site.known("ada"))
        .send()
        .json()
        .get("items")
        .valueStream()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whoamiNamesTheMachine(Site site) {
    JsonNode machine = site.get("/api/auth/whoami").bearer("x.valid").send().json();
    assertThat(machine.get("via").asString()).isEqualTo("service");
    assertThat(machine.get("user").isNull()).isTrue();
    assertThat(machine.at("/service/name").asString()).isEqualTo("scraper");
    assertThat(machine.at("/service/provider").asString()).isEqualTo("platform");
    assertThat(machine.at("/scopes/0").asString()).isEqualTo("metrics");
    assertThat(machine.get("expires_at").isNull()).isTrue();
    assertThat(machine.has("csrf_token")).isFalse();

    JsonNode user = site.get("/api/auth/whoami").as(site.known("ada")).send().json();
    assertThat(user.get("via").asString()).isEqualTo("session");
    assertThat(user.get("service").isNull()).isTrue();
    assertThat(site.get("/api/auth/whoami").bearer("nobody").send().error())
        .isEqualTo("invalid_token");
  }
}

package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.testkit.Race;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers on one store: what is done on one holds on the other. */
class TwoServersTest {
  private static final String KEY = "Zm9yIHRlc3RzIG9ubHksIGFuZCBmb3IgYm90aCBzZXJ2ZXJz";
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private RunningServer one;
  private RunningServer two;

  private void start(SharedStores store, Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(Map.of("TASKAUTH_STORE", store.freshAddress(), "TASKAUTH_SECRET_KEY", KEY));
    settings.putAll(more);
    one = RunningServer.start(settings);
    two = RunningServer.start(settings);
  }

  private void startWithAdministrator(SharedStores store) {
    start(
        store,
        Map.of("TASKAUTH_ADMIN_USER", "root", "TASKAUTH_ADMIN_PASSWORD", RunningServer.PASSWORD));
  }

  @AfterEach
  void stop() {
    for (RunningServer server : new RunningServer[] {one, two}) {
      if (server != null) {
        server.close();
      }
    }
  }

  private static int dashboard(RunningServer server, String... headers) throws Exception {
    return server.get("/dashboard", headers).statusCode();
  }

  private static String bearer(RunningServer server, String user) throws Exception {
    HttpResponse<String> answer =
        server.postJson("/api/auth/token", RunningServer.credentials(user));
    return "Bearer " + find("\"access_token\":\"([^\"]+)\"", answer.body());
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  private static void within(Duration time, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void firstAdministratorIsMadeOnceHoweverManyAskWhichever(SharedStores store) throws Exception {
    start(store, Map.of());
    String code = find("code=(\\S+)", one.server().setupLink().orElseThrow());
    assertThat(two.server().setupLink().orElseThrow()).endsWith("code=" + code);

    List<Integer> answers =
        Race.of(
            8,
            i -> {
              RunningServer server = i % 2 == 0 ? one : two;
              String body =
                  "{\"username\":\"first%d\",\"password\":\"%s\",\"code\":\"%s\"}"
                      .formatted(i, RunningServer.PASSWORD, code);
              return server.postJson("/api/auth/setup", body).statusCode();
            });

    assertThat(answers).containsOnlyOnce(201).filteredOn(answer -> answer != 201).containsOnly(409);
    assertThat(one.get("/api/auth/status").body()).contains("\"setup_required\":false");
    assertThat(two.get("/api/auth/status").body()).contains("\"setup_required\":false");
  }

  @ParameterizedTest
  @EnumSource
  void linkOfOneStoreDoesNotSetUpAnotherWithTheSameKey(SharedStores store) throws Exception {
    start(store, Map.of());
    String code = find("code=(\\S+)", one.server().setupLink().orElseThrow());
    stop();

    start(store, Map.of());

    assertThat(one.server().setupLink().orElseThrow()).doesNotContain(code);
    String body =
        "{\"username\":\"eve\",\"password\":\"%s\",\"code\":\"%s\"}"
            .formatted(RunningServer.PASSWORD, code);
    assertThat(one.postJson("/api/auth/setup", body).statusCode()).isEqualTo(403);
    assertThat(one.get("/api/auth/status").body()).contains("\"setup_required\":true");
  }

  @ParameterizedTest
  @EnumSource
  void sessionIsGoodOnBothAndDeadOnBothWithinASecondOfItsEnd(SharedStores store) throws Exception {
    startWithAdministrator(store);
    String session = bearer(one, "root");
    assertThat(dashboard(one, "Authorization", session)).isEqualTo(200);
    assertThat(dashboard(two, "Authorization", session)).isEqualTo(200);
    assertThat(two.get("/readiness", "Authorization", session).body())
        .contains("\"session_cache\":\"on\"");

    assertThat(one.postJson("/api/auth/logout", "{}", "Authorization", session).statusCode())
        .isEqualTo(200);

    assertThat(dashboard(one, "Authorization", session)).isEqualTo(401);
    within(A_SECOND, () -> dashboard(two, "Authorization", session) == 401);
    assertThat(dashboard(two, "Authorization", session)).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void ticketOfOneOpensASocketOfTheOtherOnce(SharedStores store) throws Exception {
    startWithAdministrator(store);
    String[] session = {"Authorization", bearer(one, "root")};
    String ticket = ticket(one, session);

    List<Boolean> opened =
        Race.of(
            20,
            i -> {
              try (LiveSocket socket = LiveSocket.openWithTicket(i % 2 == 0 ? one : two, ticket)) {
                return socket.call(1, "ping", "{}").contains("pong");
              } catch (ExecutionException refused) {
                return false;
              }
            });

    assertThat(opened).containsOnlyOnce(true);
  }

  private static String ticket(RunningServer server, String... who) throws Exception {
    return RunningServer.member(server.postJson("/api/auth/ws-ticket", "", who), "ticket");
  }

  @ParameterizedTest
  @EnumSource
  void socketAndStreamOfOneEndWithWhatHappensOnTheOther(SharedStores store) throws Exception {
    startWithAdministrator(store);
    String[] session = {"Authorization", bearer(one, "root")};
    try (LiveSocket socket = LiveSocket.openWithTicket(two, ticket(one, session));
        LiveStream stream = LiveStream.open(two, session)) {
      assertThat(socket.call(1, "ping", "{}")).contains("pong");
      stream.line();

      one.postJson("/api/auth/logout", "{}", session);

      assertThat(socket.closeCode()).isEqualTo(4401);
      assertThat(stream.rest()).contains("credential_ended");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedAccountIsOutOnBothWithItsSessionsAndTokens(SharedStores store) throws Exception {
    startWithAdministrator(store);
    String root = bearer(one, "root");
    String created =
        one.postJson(
                "/api/auth/users",
                "{\"username\":\"ada\",\"password\":\"" + RunningServer.PASSWORD + "\"}",
                "Authorization",
                root)
            .body();
    String ada = bearer(two, "ada");
    String pat =
        "Bearer "
            + find(
                "\"token\":\"([^\"]+)\"",
                two.postJson("/api/auth/tokens", "{\"name\":\"backup\"}", "Authorization", ada)
                    .body());
    assertThat(dashboard(two, "Authorization", pat)).isEqualTo(200);
    assertThat(dashboard(one, "Authorization", pat)).isEqualTo(200);

    String id = find("\"id\":\"([^\"]+)\"", created);
    one.postJson("/api/auth/users/" + id + "/deactivate", "{}", "Authorization", root);

    within(A_SECOND, () -> dashboard(two, "Authorization", pat) == 401);
    within(A_SECOND, () -> dashboard(two, "Authorization", ada) == 401);
    assertThat(dashboard(one, "Authorization", pat)).isEqualTo(401);
    assertThat(two.postJson("/api/auth/login", RunningServer.credentials("ada")).statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void linkIsTakenOnceOnWhicheverServer(SharedStores store) throws Exception {
    startWithAdministrator(store);
    String made =
        one.postJson(
                "/api/auth/users", "{\"username\":\"ada\"}", "Authorization", bearer(one, "root"))
            .body();
    String token = find("token=([^\"&]+)", made);
    String body =
        "{\"token\":\"%s\",\"new_password\":\"%s\"}".formatted(token, RunningServer.PASSWORD);

    List<Integer> answers =
        Race.of(
            6,
            i -> (i % 2 == 0 ? one : two).postJson("/api/auth/reset-password", body).statusCode());

    assertThat(answers).containsOnlyOnce(200);
    assertThat(two.postJson("/api/auth/login", RunningServer.credentials("ada")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void failedSignInsAreCountedTogether(SharedStores store) throws Exception {
    startWithAdministrator(store);
    String wrong = "{\"username\":\"root\",\"password\":\"not the password\"}";

    int tries = 0;
    while (one.postJson("/api/auth/login", wrong).statusCode() == 401
        && two.postJson("/api/auth/login", wrong).statusCode() == 401) {
      tries += 2;
      assertThat(tries).isLessThan(20);
    }

    assertThat(tries).as("not each server its own").isEqualTo(10);
    assertThat(one.postJson("/api/auth/login", wrong).statusCode()).isEqualTo(429);
    assertThat(two.postJson("/api/auth/login", wrong).statusCode()).isEqualTo(429);
  }

  @ParameterizedTest
  @EnumSource
  void runsOfBothAreOneQueueAndEachHappensOnceAsItIsSetOnEither(SharedStores store)
      throws Exception {
    startWithAdministrator(store);
    String root = bearer(one, "root");
    String settings = "/api/queues/default/override";
    assertThat(one.putJson(settings, "{\"paused\":true}", "Authorization", root).statusCode())
        .isEqualTo(200);
    within(A_SECOND, () -> two.get(settings, "Authorization", root).body().contains("true"));
    for (int i = 0; i < 10; i++) {
      RunningServer server = i % 2 == 0 ? one : two;
      String started =
          server.postJson("/api/tasks/session-report/run", "{}", "Authorization", root).body();
      assertThat(started).contains("run_id");
    }

    assertThat(two.delete(settings, "Authorization", root).statusCode()).isEqualTo(200);

    String runs = "/api/runs?task=session-report&status=succeeded";
    within(
        Duration.ofSeconds(30),
        () -> one.get(runs, "Authorization", root).body().split("\"id\"", -1).length == 11);
    assertThat(two.get(runs, "Authorization", root).body())
        .contains("\"attempts\":1")
        .doesNotContain("\"attempts\":2");
  }
}

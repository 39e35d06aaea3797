package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TasksApiTest {
  private static RunningServer server;
  private static String[] root;
  private static String[] operator;
  private static String[] viewer;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
    root = server.bearer("root");
    operator = server.newUser("oscar", "operator");
    viewer = server.newUser("vera", "viewer");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nobodyKnowsNothing() throws Exception {
    assertThat(server.get("/api/tasks").statusCode()).isEqualTo(401);
    assertThat(server.get("/api/runs").statusCode()).isEqualTo(401);
    assertThat(server.postJson("/api/tasks/session-report/run", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void aViewerSeesTasksAndStartsNone() throws Exception {
    assertThat(server.get("/api/tasks", viewer).body())
        .startsWith("[{")
        .contains("session-report", "hash-calibration");
    assertThat(server.postJson("/api/tasks/session-report/run", "{}", viewer).statusCode())
        .isEqualTo(403);
    String run = start(operator, "hash-calibration", "{\"args\":{\"rounds\":1}}");
    assertThat(server.postJson("/api/runs/" + run + "/cancel", "", viewer).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aCookieAloneStartsNothing() throws Exception {
    String cookie = server.signIn("oscar");
    assertThat(server.postJson("/api/tasks/session-report/run", "{}", "Cookie", cookie).body())
        .contains("csrf_failed");
  }

  @Test
  void theReportIsForAdministrators() throws Exception {
    String run = start(operator, "session-report", "");
    HttpResponse<String> seen = finished(run, root);
    assertThat(RunningServer.member(seen, "result"))
        .startsWith("username,role,sessions,last_used\n")
        .contains("\"oscar\",operator,")
        .contains("\"vera\",viewer,1,");
    for (String[] other : new String[][] {operator, viewer}) {
      assertThat(server.get("/api/runs/" + run, other).body())
          .contains("\"result\":null", "\"result_hidden\":true")
          .doesNotContain("vera");
    }
    assertThat(server.get("/api/runs", root).body()).doesNotContain("last_used");
  }

  @Test
  void aCalibrationSuggestsSomething() throws Exception {
    String run = start(operator, "hash-calibration", "{\"args\":{\"rounds\":1}}");
    HttpResponse<String> seen = finished(run, viewer);
    assertThat(RunningServer.member(seen, "result")).contains("19 MiB, 2 passes", "Suggested:");
    assertThat(seen.body()).contains("\"progress\":1.0", "\"started_by\":\"oscar\"");
    assertThat(server.postJson("/api/runs/" + run + "/cancel", "", operator).statusCode())
        .isEqualTo(409);
  }

  @Test
  void aRunIsCancelled() throws Exception {
    String run = start(operator, "hash-calibration", "{\"args\":{\"rounds\":20}}");
    assertThat(server.postJson("/api/runs/" + run + "/cancel", "", operator).body())
        .contains("\"cancel_requested\":true");
    assertThat(finished(run, viewer).body()).contains("\"status\":\"cancelled\"");
  }

  @Test
  void aResultIsDownloadedByThoseWhoMayReadIt() throws Exception {
    String report = finishedId("session-report");
    HttpResponse<String> file = server.get("/api/runs/" + report + "/result", root);
    assertThat(file.body()).startsWith("username,role,sessions,last_used\n");
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8");
    assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"session-report-" + report + ".csv\"");
    assertThat(server.get("/api/runs/" + report + "/result", operator).statusCode()).isEqualTo(403);
    String run = start(operator, "hash-calibration", "{\"args\":{\"rounds\":1}}");
    finished(run, viewer);
    HttpResponse<String> text = server.get("/api/runs/" + run + "/result", viewer);
    assertThat(text.body()).contains("Suggested:");
    assertThat(text.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
  }

  @Test
  void theListIsFilteredAndPaged() throws Exception {
    String first = finishedId("session-report");
    String second = finishedId("session-report");
    HttpResponse<String> page =
        server.get("/api/runs?task=session-report&status=succeeded&limit=1", viewer);
    assertThat(page.body()).contains(second).doesNotContain(first);
    String next = RunningServer.member(page, "next_cursor");
    assertThat(
            server
                .get(
                    "/api/runs?task=session-report&status=succeeded&limit=1&cursor=" + next, viewer)
                .body())
        .contains(first)
        .doesNotContain(second);
    assertThat(server.get("/api/runs?status=failed", viewer).body())
        .isEqualTo("{\"items\":[],\"next_cursor\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|400|invalid_request",
        "[]|400|invalid_request",
        "1|400|invalid_request",
        "{\"args\":[]}|400|invalid_request",
        "{\"args\":{\"rounds\":0}}|400|invalid_request",
        "{\"args\":{\"rounds\":99999999999}}|400|invalid_request",
        "{\"args\":{\"rounds\":\"3\"}}|400|invalid_request",
        "{\"args\":{\"rounds\":1,\"rounds\":2}}|400|invalid_request",
        "{\"args\":{\"<b>\":1}}|400|invalid_request",
        "{\"arguments\":{}}|400|invalid_request",
        "{\"args\":{\"rounds\":\"\\u0000\"}}|400|invalid_request",
        "{\"args\":{\"\\ud800\":1}}|400|invalid_request",
      })
  void argumentsThatMakeNoSenseAreRefused(String body, int status, String error) throws Exception {
    HttpResponse<String> answer =
        server.postJson("/api/tasks/hash-calibration/run", body, operator);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"error\":\"" + error + "\"").doesNotContain("<b>");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String large = "{\"args\":{\"x\":\"" + "x".repeat(1_100_000) + "\"}}";
    assertThat(server.postJson("/api/tasks/hash-calibration/run", large, operator).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/tasks/nothing/run",
        "/api/tasks/a%2Fb/run",
        "/api/tasks/%3Clocals%3E/run",
        "/api/tasks/session-report%2Frun",
        "/api/tasks/x/../session-report/run",
        "/api/tasks/session-report;x=y/run",
        "/api/tasks/session-report/run/",
        "/api/runs/nothing/cancel",
        "/api/runs/00000000-0000-0000-0000-000000000000/cancel"
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    assertThat(server.postJson(path, "{}", operator).statusCode()).isIn(400, 404, 405);
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    HttpResponse<String> answer = server.get("/api/tasks/session-report/run", operator);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertThat(server.get("/api/runs?limit=0", viewer).statusCode()).isEqualTo(400);
    assertThat(server.get("/api/runs?cursor=x", viewer).statusCode()).isEqualTo(400);
    assertThat(server.get("/api/runs?status=done", viewer).statusCode()).isEqualTo(400);
  }

  private static String start(String[] who, String task, String body) throws Exception {
    HttpResponse<String> answer = server.postJson("/api/tasks/" + task + "/run", body, who);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location"))
        .contains("/api/runs/" + RunningServer.member(answer, "run_id"));
    return RunningServer.member(answer, "run_id");
  }

  private static String finishedId(String task) throws Exception {
    String run = start(operator, task, "");
    finished(run, viewer);
    return run;
  }

  private static HttpResponse<String> finished(String run, String[] who) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    HttpResponse<String> seen = server.get("/api/runs/" + run, who);
    while (seen.body().contains("\"finished_at\":null") && System.nanoTime() < end) {
      Thread.sleep(20);
      seen = server.get("/api/runs/" + run, who);
    }
    return seen;
  }
}

package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.task.Task;
import io.taskauth.server.task.TestTask;
import io.taskauth.server.web.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How tasks and queues are set over HTTP, whatever they are called. */
class TaskSettingsApiTest {
  private static final String JSON = "application/json";
  private static final String PATCH = "application/merge-patch+json";

  private static RunningServer server;
  private static String[] root;
  private static String[] operator;
  private static String[] viewer;

  @BeforeAll
  static void start() throws Exception {
    List<Task> tasks =
        List.of(
            task("plain"),
            task("edited"),
            task("chained"),
            task("a/b"),
            task("<locals>"),
            task("a+b"),
            task("100%"),
            task("ü"),
            task("run"),
            new TestTask("theirs", progress -> "for them").forAdministrators());
    server = RunningServer.start(RunningServer.ADMIN, tasks);
    root = server.bearer("root");
    operator = server.newUser("oscar", "operator");
    viewer = server.newUser("vera", "viewer");
  }

  private static Task task(String name) {
    return new TestTask(name, progress -> "done by " + name).in("q/" + name);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "<locals>", "a+b", "100%", "ü", "run"})
  void namesWithAnythingInThemWork(String name) throws Exception {
    String path = "/api/tasks/" + encoded(name);
    assertThat(body(server.get(path, viewer)).path("name").asString()).isEqualTo(name);
    HttpResponse<String> set = server.put(path + "/override", JSON, "{\"priority\":3}", operator);
    assertThat(body(set).path("task").asString()).isEqualTo(name);
    assertThat(body(set).path("effective").path("priority").asInt()).isEqualTo(3);
    assertThat(server.get(path + "/override", viewer).body()).isEqualTo(set.body());
    String queue = "/api/queues/" + encoded("q/" + name) + "/override";
    assertThat(body(server.put(queue, JSON, "{\"max_concurrent\":2}", operator)).path("queue"))
        .hasToString("\"q/" + name + "\"");
    assertThat(
            server
                .put(path + "/middleware/timing", JSON, "{\"enabled\":false}", operator)
                .statusCode())
        .isEqualTo(200);
    HttpResponse<String> started = server.postJson(path + "/run", "{}", operator);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    String run = "/api/runs/" + RunningServer.member(started, "run_id");
    while (!server.get(run, viewer).body().contains("succeeded")) {
      Thread.sleep(5);
    }
    assertThat(server.get(run + "/result", viewer).body()).isEqualTo("done by " + name);
    assertThat(server.get(run + "/result", viewer).headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(
            file -> assertThat(file).matches("attachment; filename=\"[A-Za-z0-9-]+\\.txt\""));
    assertThat(server.get("/api/runs?task=" + encoded(name), viewer).body())
        .contains(RunningServer.member(started, "run_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"rate_limit\":\"10\"}|rate_limit",
        "{\"rate_limit\":\"10/d\"}|rate_limit",
        "{\"rate_limit\":\"0/s\"}|rate_limit",
        "{\"rate_limit\":\"-1/s\"}|rate_limit",
        "{\"rate_limit\":\"1000000/s\"}|rate_limit",
        "{\"rate_limit\":\"1.5/s\"}|rate_limit",
        "{\"rate_limit\":\" 1/s\"}|rate_limit",
        "{\"rate_limit\":10}|rate_limit",
        "{\"rate_limit\":{}}|rate_limit",
        "{\"max_concurrent\":0}|max_concurrent",
        "{\"max_concurrent\":1001}|max_concurrent",
        "{\"max_concurrent\":1.5}|max_concurrent",
        "{\"max_concurrent\":\"3\"}|max_concurrent",
        "{\"max_concurrent\":99999999999}|max_concurrent",
        "{\"max_retries\":-1}|max_retries",
        "{\"max_retries\":101}|max_retries",
        "{\"max_retries\":true}|max_retries",
        "{\"retry_backoff\":-0.1}|retry_backoff",
        "{\"retry_backoff\":3601}|retry_backoff",
        "{\"retry_backoff\":\"PT1S\"}|retry_backoff",
        "{\"timeout\":0}|timeout",
        "{\"timeout\":-1}|timeout",
        "{\"timeout\":86401}|timeout",
        "{\"timeout\":1e400}|timeout",
        "{\"timeout\":[1]}|timeout",
        "{\"priority\":-101}|priority",
        "{\"priority\":101}|priority",
        "{\"priority\":0.5}|priority",
        "{\"paused\":\"true\"}|paused",
        "{\"paused\":1}|paused",
        "{\"priority\":1,\"<b>\":1}|rate_limit, max_concurrent",
        "{\"Priority\":1}|rate_limit, max_concurrent",
        "{\"priority\":1,\"priority\":2}|object",
        "[]|object",
        "null|object",
        "{|object",
        "``|object",
      })
  void whatMakesNoSenseIsRefusedWithWhatWould(String patch, String named) throws Exception {
    HttpResponse<String> answer = server.put("/api/tasks/plain/override", JSON, patch, operator);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"error\":\"invalid_request\"", named)
        .doesNotContain("<b>");
    assertThat(server.get("/api/tasks/plain/override", viewer).body())
        .contains("\"override\":{}", "\"version\":0");
  }

  @Test
  void aQueueHasFewerFields() throws Exception {
    String path = "/api/queues/" + encoded("q/plain") + "/override";
    HttpResponse<String> answer = server.put(path, JSON, "{\"timeout\":5}", operator);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("rate_limit, max_concurrent, paused.");
  }

  @Test
  void aPatchMergesAndAnOldVersionIsAConflict() throws Exception {
    String path = "/api/tasks/edited/override";
    HttpResponse<String> first =
        server.put(
            path,
            PATCH,
            "{\"rate_limit\":\"10/s\",\"retry_backoff\":0.25,\"paused\":true}",
            operator);
    assertThat(first.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(body(first).path("override"))
        .hasToString("{\"rate_limit\":\"10/s\",\"retry_backoff\":0.25,\"paused\":true}");
    assertThat(body(first).path("effective").path("timeout").asInt()).isEqualTo(600);
    assertThat(body(first).path("defaults").path("paused").asBoolean()).isFalse();
    assertThat(server.get("/api/tasks", viewer).body()).contains("\"paused\":true");

    HttpResponse<String> second =
        server.put(
            path, JSON, "{\"rate_limit\":null,\"timeout\":2}", with(operator, "If-Match", "\"1\""));
    assertThat(body(second).path("override"))
        .hasToString("{\"retry_backoff\":0.25,\"timeout\":2,\"paused\":true}");

    String[] late = with(operator, "If-Match", "\"1\"");
    for (HttpResponse<String> conflict :
        List.of(server.put(path, JSON, "{\"timeout\":9}", late), server.delete(path, late))) {
      assertThat(conflict.statusCode()).isEqualTo(409);
      assertThat(body(conflict).path("error").asString()).isEqualTo("conflict");
      assertThat(body(conflict).path("current")).hasToString(second.body());
    }

    HttpResponse<String> cleared = server.delete(path, with(operator, "If-Match", "\"2\""));
    assertThat(cleared.statusCode()).isEqualTo(200);
    assertThat(body(cleared).path("override")).hasToString("{}");
    assertThat(body(cleared).path("effective")).isEqualTo(body(cleared).path("defaults"));
    assertThat(body(cleared).path("version").asInt()).isEqualTo(3);
    assertThat(server.put(path, "text/plain", "{}", operator).statusCode()).isEqualTo(415);
    String audit = server.get("/api/auth/audit?event=setting_changed", root).body();
    assertThat(audit)
        .contains("\"username\":\"oscar\"", "\"task\":\"edited\"", "\"rate_limit\":\"cleared\"");
  }

  @Test
  void middlewareIsListedAndSwitched() throws Exception {
    JsonNode all = body(server.get("/api/middleware", viewer));
    assertThat(all.findValuesAsString("name"))
        .containsExactly("redaction", "audit", "timing", "error-report");
    assertThat(all.path(1).path("scopes")).hasToString("[\"run\"]");
    assertThat(all.path(1).path("class_name").asString()).startsWith("io.taskauth.server.");
    String path = "/api/tasks/chained/middleware";
    JsonNode off = body(server.put(path + "/audit", JSON, "{\"enabled\":false}", operator));
    assertThat(off.path(1)).hasToString("{\"name\":\"audit\",\"enabled\":false,\"order\":null}");
    assertThat(off.path(2).path("order").asInt()).isEqualTo(2);
    assertThat(body(server.get(path, viewer))).isEqualTo(off);
    assertThat(server.delete(path, operator).body()).doesNotContain("false");
    assertThat(server.put(path + "/none", JSON, "{\"enabled\":false}", operator).statusCode())
        .isEqualTo(404);
    for (String bad : List.of("{}", "{\"enabled\":1}", "{\"enabled\":true,\"x\":1}", "[]", "")) {
      assertThat(server.put(path + "/audit", JSON, bad, operator).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aViewerReadsAndChangesNothing() throws Exception {
    for (String path : List.of("/api/tasks/plain/override", "/api/queues/default/override")) {
      assertThat(server.get(path, viewer).statusCode()).isEqualTo(200);
      assertThat(server.put(path, JSON, "{}", viewer).statusCode()).isEqualTo(403);
      assertThat(server.delete(path, viewer).statusCode()).isEqualTo(403);
      assertThat(server.get(path).statusCode()).isEqualTo(401);
    }
    String path = "/api/tasks/plain/middleware";
    assertThat(server.put(path + "/audit", JSON, "{\"enabled\":true}", viewer).statusCode())
        .isEqualTo(403);
    assertThat(server.delete(path, viewer).statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsForAdministratorsIsNotOfferedToOthersWhicheverWayTheyAsk() throws Exception {
    HttpResponse<String> refused = server.postJson("/api/tasks/theirs/run", "{}", operator);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"error\":\"forbidden\"");
    assertThat(server.get("/api/tasks/theirs", operator).body()).contains("\"startable\":false");
    assertThat(server.get("/api/tasks/theirs", root).body()).contains("\"startable\":true");
    assertThat(server.get("/api/tasks/plain", viewer).body()).contains("\"startable\":false");
    try (LiveSocket socket = LiveSocket.open(server, operator)) {
      assertThat(socket.call(1, "tasks.run", "{\"name\":\"theirs\"}")).contains("forbidden");
    }
    assertThat(server.postJson("/api/tasks/theirs/run", "{}", root).statusCode()).isEqualTo(202);
  }

  @Test
  void queuesAndMetricsSayHowMuchThereIs() throws Exception {
    assertThat(server.get("/api/queues", viewer).body())
        .contains("\"name\":\"default\"", "\"tasks\":[\"hash-calibration\"");
    JsonNode metrics = body(server.get("/api/metrics", viewer));
    assertThat(metrics.path("tasks").findValuesAsString("name")).contains("plain", "ü");
    assertThat(metrics.path("queues").path(0).path("waiting").isNumber()).isTrue();
    String run =
        RunningServer.member(server.postJson("/api/tasks/run/run", "", operator), "run_id");
    while (!server.get("/api/runs/" + run, viewer).body().contains("succeeded")) {
      Thread.sleep(5);
    }
    assertThat(server.get("/metrics", root).body())
        .contains("taskauth_task_run_seconds_count{outcome=\"succeeded\",task=");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,/api/tasks,405",
    "DELETE,/api/tasks/plain/run,405",
    "DELETE,/api/tasks/plain/middleware/audit,405",
    "DELETE,/api/queues,405",
    "DELETE,/api/tasks/none/override,404",
    "DELETE,/api/queues/none/override,404",
    "DELETE,/api/tasks/plain/none,404",
    "DELETE,/api/middleware/audit,404",
    "DELETE,/api/runs/x/result,405"
  })
  void whatIsNotThereIsSaid(String method, String path, int status) throws Exception {
    HttpResponse<String> answer = server.delete(path, root);
    assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(status);
    assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static JsonNode body(HttpResponse<String> answer) {
    return Json.read(answer.body()).orElseThrow();
  }

  private static String[] with(String[] headers, String name, String value) {
    return new String[] {headers[0], headers[1], name, value};
  }
}

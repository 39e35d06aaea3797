package io.taskauth.server;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.taskauth.server.docs.DocumentedBlock;
import io.taskauth.server.web.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The commands of the documentation, as they stand there, against a server. */
class DocumentedCommandsTest {
  private static final String DEPLOY_TOKEN = "x7Kq2mWc9RtYp4LsVb8NzHd3JfGu6TeAoQi5SrXk1Mw";

  @TempDir static Path directory;
  private static RunningServer server;
  private static String[] root;
  private static Map<String, String> variables;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>(providersOfThePage());
    settings.putAll(RunningServer.ADMIN);
    settings.put("TASKAUTH_SERVICE_TOKENS", "deploy:" + DEPLOY_TOKEN + ":drain");
    settings.put("TASKAUTH_WEBHOOKS_ALLOW_PRIVATE", "true");
    server = RunningServer.start(settings);
    root = server.bearer("root");
    String session = root[1].substring("Bearer ".length());
    Files.writeString(directory.resolve("credentials.json"), RunningServer.credentials("root"));
    variables =
        Map.of(
            "SERVER", server.url(""),
            "TOKEN", session,
            "SESSION", session,
            "TASKAUTH_TOKEN", session,
            "DEPLOY_TOKEN", DEPLOY_TOKEN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** With the secrets in files that are there. */
  private static Map<String, String> providersOfThePage() throws IOException {
    for (String name : List.of("google", "company")) {
      Files.writeString(directory.resolve(name), "a secret of " + name);
    }
    return DocumentedBlock.text("run:provider-settings")
        .replace("/run/secrets", directory.toString())
        .lines()
        .map(line -> line.split("=", 2))
        .collect(toMap(setting -> setting[0], setting -> setting[1]));
  }

  private static String run(String marker, String... more) throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return DocumentedBlock.run(marker, directory, all);
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow(() -> new AssertionError(text));
  }

  /** What several commands in a row answer. */
  private static List<JsonNode> answers(String output) {
    return Arrays.stream(output.strip().split("(?<=[}\\]])(?=[{\\[])"))
        .map(DocumentedCommandsTest::json)
        .toList();
  }

  @Test
  void providersOfThePageHaveTheirButtons() throws Exception {
    assertThat(server.get("/api/auth/providers").body())
        .contains("\"slot\":\"google\"", "\"slot\":\"company\"", "Example Inc");
  }

  @Test
  void programSignsInAndMakesAToken() throws Exception {
    assertThat(json(run("run:sign-in")).at("/user/username").asString()).isEqualTo("root");
    JsonNode made = json(run("run:make-token"));
    assertThat(made.path("scopes").toString()).isEqualTo("[\"read\"]");
    String token = made.path("token").asString();
    assertThat(token).startsWith("taskauth_pat_");
    assertThat(run("run:use-token", "TASKAUTH_TOKEN", token)).contains("session-report");
  }

  @Test
  void stepOfAWorkflowStartsATask() throws Exception {
    Map<String, Object> step =
        new Yaml().<List<Map<String, Object>>>load(DocumentedBlock.text("run:github-step")).get(0);
    assertThat(step.get("env").toString()).contains("SERVER=", "TASKAUTH_TOKEN=");
    String output =
        DocumentedBlock.runText("a step", step.get("run").toString(), directory, variables);
    assertThat(json(output).path("run_id").asString()).isNotEmpty();
  }

  @Test
  void administratorLooksAfterUsers() throws Exception {
    JsonNode grace = json(run("run:create-user"));
    assertThat(grace.path("role").asString()).as("%s", grace).isEqualTo("operator");
    String id = grace.path("id").asString();
    assertThat(json(run("run:search-users")).at("/items/0/id").asString()).isEqualTo(id);
    assertThat(json(run("run:reset-link", "ID", id)).path("reset_url").asString())
        .contains("/auth/reset?token=");
    assertThat(json(run("run:link-identity", "ID", id)).path("slot").asString())
        .isEqualTo("google");
    assertThat(server.postJson("/api/auth/login", RunningServer.credentials("grace")).statusCode())
        .isEqualTo(401);
    assertThat(json(run("run:audit-search")).at("/items/0/event").asString())
        .isEqualTo("login_failure");
  }

  @Test
  void taskIsStartedSeenAndItsResultSaved() throws Exception {
    String report = startedAndFinished("session-report", "{}");
    String output = run("run:start-task", "RUN", report);
    assertThat(answers(output).get(1).path("status").asString()).isEqualTo("succeeded");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("session-report-" + report + ".csv");
    }
    server.postJson(
        "/api/runs/" + answers(output).get(0).path("run_id").asString() + "/cancel", "", root);
  }

  @Test
  void usersOfAnotherSystemAreImported() throws Exception {
    Map<String, Object> csv =
        Map.of("content", DocumentedBlock.text("run:import-file"), "format", "csv");
    String imported = startedAndFinished("import-users", Json.text(Map.of("args", csv)));
    assertThat(server.get("/api/runs/" + imported + "/result", root).body())
        .startsWith("2 imported, 0 skipped because they exist, 0 bad.");
    assertThat(server.postJson("/api/auth/login", RunningServer.credentials("ada")).statusCode())
        .isEqualTo(200);

    Files.writeString(
        directory.resolve("users.json"),
        "[{\"model\": \"auth.user\", \"pk\": 1, \"fields\": {\"username\": \"linus\"}}]");
    String dryRun = json(run("run:import-users")).path("run_id").asString();
    finished(dryRun);
    assertThat(server.get("/api/runs/" + dryRun + "/result", root).body())
        .startsWith("Dry run: nothing was changed. Otherwise it would be:\n1 imported");
  }

  @Test
  void taskIsSetWhileTheServerRuns() throws Exception {
    JsonNode set = json(run("run:override"));
    assertThat(set).isEqualTo(json(DocumentedBlock.text("schema:TaskOverridden")));
    HttpResponse<String> refused =
        server.putJson("/api/tasks/session-report/override", "{\"rate_limit\": \"often\"}", root);
    assertThat(json(refused.body())).isEqualTo(json(DocumentedBlock.text("schema:Problem")));
    assertThat(json(run("run:override-clear")).path("override"))
        .isEqualTo(json("{\"max_retries\": 0}"));
    String withVersion = run("run:override-version");
    assertThat(withVersion.lines().findFirst().orElseThrow()).containsIgnoringCase("etag: \"2\"");
    assertThat(withVersion).contains("\"priority\":5");
    List<JsonNode> paused = answers(run("run:override-pause"));
    assertThat(paused.get(0).at("/effective/paused").asBoolean()).isTrue();
    assertThat(paused.get(1).at("/effective/paused").asBoolean()).isFalse();
    assertThat(answers(run("run:middleware")))
        .extracting(chain -> chain.get(2).path("enabled").asBoolean())
        .containsExactly(true, false, true);
  }

  @Test
  void webhookIsMadeWithASecret() throws Exception {
    String commands = DocumentedBlock.text("run:make-webhook");
    // The name of an example leads nowhere, and an address that does not is refused.
    String reachable = commands.replace("https://hooks.example.com", "http://127.0.0.1:9");
    assertThat(reachable).isNotEqualTo(commands);
    JsonNode made = json(DocumentedBlock.runText("a webhook", reachable, directory, variables));
    assertThat(made.path("secret").asString()).as("%s", made).startsWith("whsec_");
    assertThat(made.path("events").toString()).contains("task.failed", "auth.login_throttled");
  }

  /** What the page shows of a request verifies, and is what a receiver's library would take. */
  @Test
  void requestOfAWebhookIsSignedAsShown() throws Exception {
    String[] request = DocumentedBlock.text("run:webhook-request").split("\n\n", 2);
    Map<String, String> headers =
        request[0]
            .lines()
            .skip(1)
            .map(line -> line.split(": ", 2))
            .collect(toMap(header -> header[0], header -> header[1]));
    String signature =
        new Webhook("whsec_dGhlIHNlY3JldCBvZiB0aGUgZXhhbXBsZSwgMzIgYnl0ZXM=")
            .sign(
                headers.get("webhook-id"),
                Long.parseLong(headers.get("webhook-timestamp")),
                request[1]);
    assertThat(headers).containsEntry("webhook-signature", signature);
    assertThat(json(request[1]).path("data"))
        .isEqualTo(json(DocumentedBlock.text("schema:AuditEvent")));
  }

  @Test
  void serverDrainsBeforeItIsReplaced() throws Exception {
    try (RunningServer leaving =
        RunningServer.start(
            Map.of("TASKAUTH_SERVICE_TOKENS", "deploy:" + DEPLOY_TOKEN + ":drain"))) {
      run("run:drain", "SERVER", leaving.url(""));
      String[] deploy = {"Authorization", "Bearer " + DEPLOY_TOKEN};
      assertThat(leaving.get("/api/drain", deploy).body())
          .isEqualTo("{\"draining\":true,\"in_flight\":0}");
    }
  }

  private static String startedAndFinished(String task, String body) throws Exception {
    HttpResponse<String> started = server.postJson("/api/tasks/" + task + "/run", body, root);
    return finished(RunningServer.member(started, "run_id"));
  }

  private static String finished(String run) throws Exception {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    String status = "";
    while (!status.equals("succeeded")) {
      status = RunningServer.member(server.get("/api/runs/" + run, root), "status");
      assertThat(status).isIn("queued", "running", "succeeded");
      assertThat(Instant.now()).isBefore(deadline);
    }
    return run;
  }
}

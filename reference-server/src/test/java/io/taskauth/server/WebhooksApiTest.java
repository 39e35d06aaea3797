package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.web.Json;
import io.taskauth.server.webhook.WebhooksApi;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Webhooks over the API, with a receiver that checks signatures as the specification says. */
class WebhooksApiTest {
  private static final String NONE = "/api/webhooks/00000000-0000-0000-0000-000000000000";
  private static final String MASK = "********";

  private static RunningServer server;
  private static HookReceiver receiver;
  private static HookReceiver failing;
  private static String[] root;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> variables = new HashMap<>(RunningServer.ADMIN);
    variables.put("TASKAUTH_WEBHOOKS_ALLOW_PRIVATE", "true");
    server = RunningServer.start(variables);
    receiver = HookReceiver.answering(200, "thanks");
    failing = HookReceiver.answering(500, "<b>out of order</b>");
    root = server.bearer("root");
  }

  @AfterAll
  static void stop() {
    server.close();
    receiver.close();
    failing.close();
  }

  @Test
  void onlyAdministratorsAndTheirUnlimitedOrAdminTokensComeIn() throws Exception {
    String[] viewer = server.newUser("vera", "viewer");
    String[] operator = server.newUser("oscar", "operator");
    String id = make("{\"url\":\"" + receiver.url() + "\"}").path("id").asString();
    for (String path :
        List.of("/api/webhooks", "/api/event-types", "/api/webhooks/" + id, "/webhooks")) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(server.get(path, viewer).statusCode()).as(path).isEqualTo(403);
      assertThat(server.get(path, operator).statusCode()).as(path).isEqualTo(403);
      assertThat(server.get(path, token("[\"read\"]")).body())
          .as(path)
          .contains("insufficient_scope");
      assertThat(server.get(path, token("[\"admin\"]")).statusCode()).as(path).isEqualTo(200);
      assertThat(server.get(path, token("[]")).statusCode()).as(path).isEqualTo(200);
    }
    String body = "{\"url\":\"" + receiver.url() + "\"}";
    assertThat(server.postJson("/api/webhooks", body, operator).statusCode()).isEqualTo(403);
    assertThat(server.postJson("/api/webhooks", body, token("[\"read\"]")).statusCode())
        .isEqualTo(403);
    assertThat(server.delete("/api/webhooks/" + id, viewer).statusCode()).isEqualTo(403);
    assertThat(server.postJson("/api/webhooks", body, "Cookie", server.signIn("root")).body())
        .contains("csrf_failed");
    forget(id);
  }

  @Test
  void aTestArrivesSigned() throws Exception {
    HookReceiver own = HookReceiver.answering(200, "thanks");
    HttpResponse<String> made =
        server.postJson("/api/webhooks", "{\"url\":\"" + own.url() + "\"}", root);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode webhook = json(made);
    String page = "/api/webhooks/" + webhook.path("id").asString();
    assertThat(made.headers().firstValue("Location")).contains(page);
    assertThat(webhook.path("max_retries").asInt()).isEqualTo(3);
    assertThat(made.body())
        .contains("\"timeout_seconds\":10,", "\"retry_backoff\":2.0", "\"enabled\":true")
        .contains("\"events\":[]", "\"task_filter\":[]", "\"description\":\"\"");
    String secret = webhook.path("secret").asString();
    assertThat(server.get(page, root).body()).doesNotContain("secret\"", secret);
    assertThat(server.get("/api/webhooks", root).body()).doesNotContain(secret);

    String delivery = delivery(server.postJson(page + "/test", "", root));
    HookReceiver.Message message = own.next("webhook.test");
    assertThat(message.isSignedWith(secret)).isTrue();
    JsonNode detail = finished(page + "/deliveries/" + delivery);
    assertThat(detail.path("status").asString()).isEqualTo("delivered");
    assertThat(detail.path("response_status").asInt()).isEqualTo(200);
    assertThat(detail.path("response_body").asString()).isEqualTo("thanks");
    assertThat(detail.path("payload").asString()).isEqualTo(message.body());
    assertThat(detail.path("message_id").asString()).isEqualTo(message.header("webhook-id"));
    assertThat(detail.path("history").size()).isEqualTo(1);

    String again =
        delivery(server.postJson(page + "/deliveries/" + delivery + "/replay", "", root));
    HookReceiver.Message replayed = own.next("webhook.test");
    assertThat(replayed.header("webhook-id")).isEqualTo(message.header("webhook-id"));
    assertThat(replayed.header("webhook-replay")).isNotEmpty();
    assertThat(message.header("webhook-replay")).isEmpty();
    assertThat(replayed.isSignedWith(secret)).isTrue();
    assertThat(finished(page + "/deliveries/" + again).path("replay").asBoolean()).isTrue();

    HttpResponse<String> rotated = server.postJson(page + "/rotate-secret", "", root);
    String next = RunningServer.member(rotated, "secret");
    assertThat(next).isNotEqualTo(secret);
    assertThat(json(rotated).path("previous_secret_until").asString()).isNotEmpty();
    delivery(server.postJson(page + "/test", "", root));
    HookReceiver.Message both = own.next("webhook.test");
    assertThat(both.isSignedWith(secret)).isTrue();
    assertThat(both.isSignedWith(next)).isTrue();

    assertThat(server.delete(page, root).statusCode()).isEqualTo(204);
    assertThat(server.get(page, root).statusCode()).isEqualTo(404);
    assertThat(server.delete(page, root).statusCode()).isEqualTo(404);
    own.close();
  }

  @Test
  void aReceiverThatFailsIsAskedAgainAndThenGivenUp() throws Exception {
    String id =
        make("{\"url\":\""
                + failing.url()
                + "\",\"events\":[\"task.cancelled\"],\"max_retries\":2,\"retry_backoff\":0}")
            .path("id")
            .asString();
    String page = "/api/webhooks/" + id;
    String dead = delivery(server.postJson(page + "/test", "", root));
    JsonNode detail = finished(page + "/deliveries/" + dead);
    assertThat(detail.path("status").asString()).isEqualTo("dead");
    assertThat(detail.path("attempts").asInt()).isEqualTo(2);
    assertThat(detail.path("history").size()).isEqualTo(2);
    assertThat(detail.path("response_body").asString()).isEqualTo("<b>out of order</b>");

    failing.answers(410, "");
    String failed = delivery(server.postJson(page + "/test", "", root));
    assertThat(finished(page + "/deliveries/" + failed).path("status").asString())
        .isEqualTo("failed");
    failing.answers(500, "<b>out of order</b>");

    JsonNode all = json(server.get(page + "/deliveries?limit=1", root));
    assertThat(all.path("total").asInt()).isEqualTo(2);
    assertThat(all.path("filtered_total").asInt()).isEqualTo(2);
    assertThat(all.path("items").size()).isEqualTo(1);
    assertThat(all.path("items").path(0).path("id").asString()).isEqualTo(failed);
    assertThat(server.get(page + "/deliveries?limit=1&offset=1", root).body()).contains(dead);
    assertThat(json(server.get(page + "/deliveries?offset=2", root)).path("items").size()).isZero();
    JsonNode some = json(server.get(page + "/deliveries?status=dead&event=webhook.test", root));
    assertThat(some.path("filtered_total").asInt()).isEqualTo(1);
    assertThat(some.path("total").asInt()).isEqualTo(2);
    assertThat(some.path("items").path(0).path("id").asString()).isEqualTo(dead);
    assertThat(server.get(page + "/deliveries?event=task.failed", root).body())
        .contains("\"items\":[]", "\"filtered_total\":0");
    for (String query : List.of("status=done", "limit=0", "limit=201", "limit=x", "offset=-1")) {
      assertThat(server.get(page + "/deliveries?" + query, root).statusCode())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(server.get(NONE + "/deliveries/" + dead, root).statusCode()).isEqualTo(404);
    forget(id);
  }

  @Test
  void eventsOfAccountsAreDeliveredToWhoeverWantsThem() throws Exception {
    try (HookReceiver own = HookReceiver.answering(204, "")) {
      String id =
          make("{\"url\":\"" + own.url() + "\",\"events\":[\"auth.user_created\"]}")
              .path("id")
              .asString();
      server.newUser("umberto", "viewer");
      HookReceiver.Message message = own.next();
      assertThat(message.json().path("type").asString()).isEqualTo("auth.user_created");
      assertThat(message.body()).contains("umberto");

      server.putJson("/api/webhooks/" + id, "{\"enabled\":false}", root);
      server.newUser("ursula", "viewer");
      server.putJson("/api/webhooks/" + id, "{\"enabled\":true}", root);
      delivery(server.postJson("/api/webhooks/" + id + "/test", "", root));
      assertThat(own.next().json().path("type").asString()).isEqualTo("webhook.test");
      forget(id);
    }
  }

  @Test
  void aChangeLeavesWhatItDoesNotName() throws Exception {
    HookReceiver own = HookReceiver.answering(200, "");
    JsonNode made =
        make(
            "{\"url\":\""
                + own.url()
                + "\",\"headers\":{\"X-Key\":\"open sesame\"},\"description\":\"für Öl & <b>\","
                + "\"events\":[\"auth.*\"],\"task_filter\":[\"a/b\",\"<locals>\"]}");
    String page = "/api/webhooks/" + made.path("id").asString();
    assertThat(made.path("headers").path("X-Key").asString()).isEqualTo(MASK);
    HttpResponse<String> changed =
        server.putJson(page, "{\"max_retries\":5,\"timeout_seconds\":1.5}", root);
    assertThat(changed.body())
        .contains("\"max_retries\":5", "\"timeout_seconds\":1.5", "für Öl & <b>", "auth.*")
        .contains("\"task_filter\":[\"<locals>\",\"a/b\"]", "\"X-Key\":\"" + MASK + "\"")
        .doesNotContain("sesame", "\"secret\"");

    // All that was answered, sent back as it is.
    assertThat(server.putJson(page, changed.body(), root).body()).isEqualTo(changed.body());
    delivery(server.postJson(page + "/test", "", root));
    assertThat(own.next("webhook.test").header("X-Key")).isEqualTo("open sesame");

    assertThat(server.putJson(page, "{\"headers\":{\"X-Other\":\"*\"}}", root).body())
        .contains("\"headers\":{\"X-Other\":\"" + MASK + "\"}");
    String deliveries = page + "/deliveries";
    String last = json(server.get(deliveries, root)).path("items").path(0).path("id").asString();
    assertThat(finished(deliveries + "/" + last).toString()).doesNotContain("open sesame");
    assertThat(server.putJson(page, "{\"created_at\":\"2020-01-01T00:00:00.000Z\"}", root).body())
        .contains("'created_at'");
    assertThat(server.putJson(page, "{}", root).statusCode()).isEqualTo(200);
    assertThat(server.putJson(page, "", root).statusCode()).isEqualTo(400);
    assertThat(server.putJson(NONE, "{}", root).statusCode()).isEqualTo(404);
    forget(made.path("id").asString());
    own.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|body",
        "[]|body",
        "1|body",
        "null|body",
        "{}|'url'",
        "{\"url\":null}|'url'",
        "{\"url\":1}|'url'",
        "{\"url\":\"\"}|'url'",
        "{\"url\":\"http://a b/\"}|'url'",
        "{\"url\":\"/hooks\"}|'url'",
        "{\"url\":\"ftp://example.com/\"}|'url'",
        "{\"url\":\"javascript:alert(1)\"}|'url'",
        "{\"url\":\"http://u:p@127.0.0.1/\"}|'url'",
        "{\"url\":\"http://169.254.169.254/latest\"}|'url'",
        "{\"url\":\"http://0177.0.0.1/\"}|'url'",
        "{\"url\":\"http://nothing.invalid/\"}|'url'",
        "{\"url\":\"URL\",\"url\":\"URL\"}|body",
        "{\"url\":\"URL\",\"events\":\"auth.*\"}|'events'",
        "{\"url\":\"URL\",\"events\":[1]}|'events'",
        "{\"url\":\"URL\",\"events\":[null]}|'events'",
        "{\"url\":\"URL\",\"events\":[\"no.such\"]}|'events'",
        "{\"url\":\"URL\",\"events\":[\"webhook.test\"]}|'events'",
        "{\"url\":\"URL\",\"task_filter\":{}}|'task_filter'",
        "{\"url\":\"URL\",\"task_filter\":[\"\"]}|'task_filter'",
        "{\"url\":\"URL\",\"task_filter\":[\"\\u0000\"]}|JSON object",
        "{\"url\":\"URL\",\"headers\":[]}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"X-A\":1}}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"X A\":\"b\"}}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"Host\":\"b\"}}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"webhook-id\":\"b\"}}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"X-A\":\"b\\r\\nX-B: c\"}}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"X-A\":\"********\"}}|'headers'",
        "{\"url\":\"URL\",\"headers\":{\"X-A\":\"b\",\"x-a\":\"c\"}}|'headers'",
        "{\"url\":\"URL\",\"max_retries\":0}|'max_retries'",
        "{\"url\":\"URL\",\"max_retries\":11}|'max_retries'",
        "{\"url\":\"URL\",\"max_retries\":2.5}|'max_retries'",
        "{\"url\":\"URL\",\"max_retries\":\"3\"}|'max_retries'",
        "{\"url\":\"URL\",\"max_retries\":99999999999999999999}|'max_retries'",
        "{\"url\":\"URL\",\"timeout_seconds\":0}|'timeout_seconds'",
        "{\"url\":\"URL\",\"timeout_seconds\":-1}|'timeout_seconds'",
        "{\"url\":\"URL\",\"timeout_seconds\":31}|'timeout_seconds'",
        "{\"url\":\"URL\",\"timeout_seconds\":1e400}|'timeout_seconds'",
        "{\"url\":\"URL\",\"timeout_seconds\":true}|'timeout_seconds'",
        "{\"url\":\"URL\",\"retry_backoff\":-0.1}|'retry_backoff'",
        "{\"url\":\"URL\",\"retry_backoff\":1e400}|'retry_backoff'",
        "{\"url\":\"URL\",\"retry_backoff\":[]}|'retry_backoff'",
        "{\"url\":\"URL\",\"enabled\":\"true\"}|'enabled'",
        "{\"url\":\"URL\",\"enabled\":null}|'enabled'",
        "{\"url\":\"URL\",\"description\":\"a\\nb\"}|'description'",
        "{\"url\":\"URL\",\"description\":\"\\ud800\"}|JSON object",
        "{\"url\":\"URL\",\"description\":5}|'description'",
        "{\"url\":\"URL\",\"secret\":\"mine\"}|'secret'",
        "{\"url\":\"URL\",\"id\":\"x\"}|'id'",
      })
  void aBodyThatMakesNoSenseIsRefusedByField(String body, String named) throws Exception {
    String sent = body.replace("URL", receiver.url());
    HttpResponse<String> answer = server.postJson("/api/webhooks", sent, root);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\":\"invalid_request\"", named);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/webhooks/x",
        "/api/webhooks/..%2Fusers",
        "/api/webhooks/00000000-0000-0000-0000-000000000000",
        "/api/webhooks/00000000-0000-0000-0000-000000000000/deliveries",
        "/api/webhooks/00000000-0000-0000-0000-000000000000/deliveries/x",
        "/api/webhooks/00000000-0000-0000-0000-000000000000/other",
        "/api/event-types/x",
        "/webhooks/x",
        "/webhooks/00000000-0000-0000-0000-000000000000/deliveries"
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    assertThat(server.get(path, root).statusCode()).isIn(400, 404);
  }

  @Test
  void otherMethodsAreRefusedAndTheRightOnesAreNamed() throws Exception {
    assertThat(allowed(server.putJson("/api/webhooks", "{}", root))).isEqualTo("GET, POST");
    assertThat(allowed(server.postJson(NONE, "{}", root))).isEqualTo("DELETE, GET, PUT");
    assertThat(allowed(server.get(NONE + "/test", root))).isEqualTo("POST");
    assertThat(allowed(server.get(NONE + "/rotate-secret", root))).isEqualTo("POST");
    assertThat(allowed(server.delete("/api/event-types", root))).isEqualTo("GET");
    assertThat(server.postJson(NONE + "/test", "", root).statusCode()).isEqualTo(404);
    assertThat(server.postJson(NONE + "/rotate-secret", "", root).statusCode()).isEqualTo(404);
    assertThat(
            server
                .postJson(NONE + "/deliveries/" + UUID.randomUUID() + "/replay", "", root)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void typesOfEventsHaveGroups() throws Exception {
    assertThat(server.get("/api/event-types", root).body())
        .contains("{\"type\":\"auth.login_success\",\"group\":\"auth\"}")
        .contains("{\"type\":\"task.failed\",\"group\":\"task\"}")
        .doesNotContain("webhook.test");
  }

  @Test
  void privateAddressesTakeTheSetting() throws Exception {
    try (RunningServer strict = RunningServer.start(RunningServer.ADMIN)) {
      HttpResponse<String> refused =
          strict.postJson(
              "/api/webhooks", "{\"url\":\"" + receiver.url() + "\"}", strict.bearer("root"));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("'url'", "private address");
    }
  }

  @Test
  void thereIsALimit() throws Exception {
    int before = json(server.get("/api/webhooks", root)).path("items").size();
    String body = "{\"enabled\":false,\"url\":\"" + receiver.url() + "\"}";
    for (int i = before; i < 100; i++) {
      assertThat(server.postJson("/api/webhooks", body, root).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> answer = server.postJson("/api/webhooks", body, root);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("\"error\":\"conflict\"");
    assertThat(server.get("/webhooks", root).body())
        .contains("/webhooks?offset=20")
        .hasSizeLessThan(60_000);
    for (JsonNode one : json(server.get("/api/webhooks", root)).path("items")) {
      forget(one.path("id").asString());
    }
  }

  @Test
  void routesAreAListThatCanBeRead() {
    assertThat(new WebhooksApi(null).answered()).hasSize(11).contains("PUT /api/webhooks/{id}");
  }

  private static JsonNode make(String body) throws Exception {
    HttpResponse<String> answer = server.postJson("/api/webhooks", body, root);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static void forget(String id) throws Exception {
    assertThat(server.delete("/api/webhooks/" + id, root).statusCode()).isEqualTo(204);
  }

  private static String delivery(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return RunningServer.member(answer, "delivery_id");
  }

  private static JsonNode finished(String path) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    JsonNode seen = json(server.get(path, root));
    while (seen.path("status").asString().equals("pending") && System.nanoTime() < end) {
      Thread.sleep(20);
      seen = json(server.get(path, root));
    }
    return seen;
  }

  /** A personal access token of "root" with these scopes. */
  private static String[] token(String scopes) throws Exception {
    HttpResponse<String> made =
        server.postJson(
            "/api/auth/tokens", "{\"name\":\"script\",\"scopes\":" + scopes + "}", root);
    return new String[] {"Authorization", "Bearer " + RunningServer.member(made, "token")};
  }

  private static String allowed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(405);
    return answer.headers().firstValue("Allow").orElse("");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.read(answer.body()).orElseThrow(() -> new AssertionError(answer.body()));
  }
}

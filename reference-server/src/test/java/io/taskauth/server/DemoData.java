package io.taskauth.server;

import io.taskauth.server.web.Json;
import io.taskauth.testkit.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A small company that uses the server, made over its API: what the pictures show. */
final class DemoData implements AutoCloseable {
  private final RunningServer server;
  private final SettableClock clock;
  private String[] ada = {};
  private final HookReceiver chat = HookReceiver.answering(200, "thank you");
  private final HookReceiver pager = HookReceiver.answering(503, "down for maintenance");

  /** What pages with an id in their address need. */
  record Ids(String user, String webhook, String delivery, String run, String resetLink) {}

  DemoData(RunningServer server, SettableClock clock) throws Exception {
    this.server = server;
    this.clock = clock;
  }

  private String[] ada() throws Exception {
    if (ada.length == 0) {
      ada = server.bearer("ada");
    }
    return ada;
  }

  /** "ada" is there already. */
  Ids make() throws Exception {
    String[] ada = ada();
    String operator = user("grace", "Grace Hopper", "grace@example.com", "operator", ada);
    user("alan", "Alan Turing", "alan@example.com", "viewer", ada);
    later(4);
    String katherine = user("katherine", "Katherine Johnson", "kj@example.com", "viewer", ada);
    String charles = user("charles", "Charles Babbage", "charles@example.com", "viewer", ada);
    require(200, server.postJson("/api/auth/users/" + charles + "/deactivate", "", ada));
    later(7);
    var unused = server.postJson("/api/auth/login", wrong("grace"));
    token("nightly backup", "[\"read\"]", ada);
    token("release pipeline", "[\"read\",\"deploy\"]", ada);
    require(
        201, server.postJson("/api/auth/admin/services", machine("prometheus", "metrics"), ada));
    require(201, server.postJson("/api/auth/admin/services", machine("deployer", "drain"), ada));
    later(3);

    webhook(chat, "Chat of the operations team", "[]", ada);
    String webhook = webhook(pager, "Pager", "[\"task.failed\"]", ada);
    String delivery =
        member(202, server.postJson("/api/webhooks/" + webhook + "/test", "", ada), "delivery_id");
    await("/api/webhooks/" + webhook + "/deliveries/" + delivery, "\"dead\"");
    later(2);

    String[] grace = server.bearer("grace");
    String override = "{\"timeout\":90,\"rate_limit\":\"10/m\",\"max_retries\":2}";
    require(200, server.putJson("/api/tasks/session-report/override", override, grace));
    run("hash-calibration", "{\"args\":{\"rounds\":2}}", grace);
    later(11);
    String run = run("session-report", "", ada);
    later(1);
    HttpResponse<String> link =
        server.postJson("/api/auth/users/" + katherine + "/reset-password", "", ada);
    return new Ids(operator, webhook, delivery, run, RunningServer.member(link, "reset_url"));
  }

  private void later(int minutes) throws Exception {
    // A run that is under way would seem to have been left by its server.
    await("/api/metrics", "\"in_flight\":0");
    clock.advance(Duration.ofMinutes(minutes).plusSeconds(13));
  }

  private String user(String name, String label, String mail, String role, String[] by)
      throws Exception {
    String body =
        Json.text(
            Map.of(
                "username",
                name,
                "display_name",
                label,
                "email",
                mail,
                "role",
                role,
                "password",
                RunningServer.PASSWORD));
    HttpResponse<String> made = server.postJson("/api/auth/users", body, by);
    require(201, made);
    return RunningServer.member(made, "id");
  }

  private void token(String name, String scopes, String[] by) throws Exception {
    String body = "{\"name\":\"" + name + "\",\"scopes\":" + scopes + ",\"expires_in_days\":90}";
    require(201, server.postJson("/api/auth/tokens", body, by));
  }

  private static String machine(String name, String scope) {
    return "{\"name\":\"" + name + "\",\"scopes\":[\"" + scope + "\"]}";
  }

  private String webhook(HookReceiver receiver, String label, String events, String[] by)
      throws Exception {
    String body =
        "{\"url\":\""
            + receiver.url()
            + "\",\"description\":\""
            + label
            + "\",\"events\":"
            + events
            + ",\"max_retries\":1}";
    return member(201, server.postJson("/api/webhooks", body, by), "id");
  }

  private String run(String task, String arguments, String[] by) throws Exception {
    String id =
        member(202, server.postJson("/api/tasks/" + task + "/run", arguments, by), "run_id");
    await("/api/runs/" + id, "\"succeeded\"");
    return id;
  }

  /** Asks until the answer has this in it. */
  private void await(String path, String text) throws Exception {
    String last = "";
    for (int i = 0; i < 300 && !last.contains(text); i++) {
      Thread.sleep(100);
      last = server.get(path, ada()).body();
    }
    if (!last.contains(text)) {
      throw new AssertionError(path + ": " + last);
    }
  }

  private static String wrong(String name) {
    return "{\"username\":\"" + name + "\",\"password\":\"not this one\"}";
  }

  private static String member(int status, HttpResponse<String> answer, String name) {
    require(status, answer);
    return RunningServer.member(answer, name);
  }

  private static void require(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new AssertionError(answer.uri() + " " + answer.statusCode() + " " + answer.body());
    }
  }

  /** The addresses of the receivers, which are others each time, and what to call them. */
  Map<String, String> names() {
    return Map.of(
        chat.url(),
        "https://chat.example.com/hooks",
        pager.url(),
        "https://pager.example.com/hooks");
  }

  @Override
  public void close() {
    chat.close();
    pager.close();
  }
}

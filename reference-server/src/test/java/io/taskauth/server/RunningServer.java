package io.taskauth.server;

import io.taskauth.server.task.Task;
import io.taskauth.server.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server on a free port, and a client that follows nothing and keeps nothing. */
final class RunningServer implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";

  /** With an administrator called "root". */
  static final Map<String, String> ADMIN =
      Map.of("TASKAUTH_ADMIN_USER", "root", "TASKAUTH_ADMIN_PASSWORD", PASSWORD);

  private final ReferenceServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningServer(ReferenceServer server) {
    this.server = server;
  }

  static RunningServer start(Map<String, String> variables) {
    return new RunningServer(ReferenceServer.start(config(variables)));
  }

  /** With an administrator who is let in with a password, whatever the settings say. */
  static RunningServer letIn(Map<String, String> variables, String administrator) {
    return new RunningServer(ReferenceServer.start(config(variables), Optional.of(administrator)));
  }

  /** With tasks besides the server's own. */
  static RunningServer start(Map<String, String> variables, List<Task> more) {
    return start(variables, more, Ground.real());
  }

  static RunningServer start(Map<String, String> variables, List<Task> more, Ground ground) {
    return new RunningServer(
        ReferenceServer.start(config(variables), Optional.empty(), more, ground));
  }

  private static ServerConfig config(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(Map.of("TASKAUTH_PORT", "0"));
    all.putAll(variables);
    all.putIfAbsent("TASKAUTH_STORE", "memory");
    return ServerConfig.from(all);
  }

  ReferenceServer server() {
    return server;
  }

  String url(String path) {
    return server.address() + path;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers));
  }

  HttpResponse<String> postJson(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> postForm(String path, String form) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** The session's cookie of somebody who signs in with {@link #PASSWORD}. */
  String signIn(String username) throws IOException, InterruptedException {
    HttpResponse<String> answer = postJson("/api/auth/login", credentials(username));
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("taskauth_session="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
  }

  /** The headers of somebody who signs in as a program does. */
  String[] bearer(String username) throws IOException, InterruptedException {
    HttpResponse<String> answer = postJson("/api/auth/token", credentials(username));
    return new String[] {"Authorization", "Bearer " + member(answer, "access_token")};
  }

  /** The same, of somebody whom "root" makes first. */
  String[] newUser(String username, String role) throws IOException, InterruptedException {
    String user = credentials(username).replace("}", ",\"role\":\"" + role + "\"}");
    HttpResponse<String> answer = postJson("/api/auth/users", user, bearer("root"));
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.body());
    }
    return bearer(username);
  }

  /** The id of somebody's account. */
  String id(String username) throws IOException, InterruptedException {
    HttpResponse<String> found = get("/api/auth/users?q=" + username, bearer("root"));
    return Json.read(found.body()).orElseThrow().path("items").path(0).path("id").asString();
  }

  /** A text in the JSON of an answer. */
  static String member(HttpResponse<String> answer, String name) {
    return Json.read(answer.body())
        .map(body -> body.path(name).asString())
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
  }

  HttpResponse<String> patchJson(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  HttpResponse<String> put(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers).header("Content-Type", type).PUT(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> putJson(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return put(path, "application/json", json, headers);
  }

  HttpResponse<String> delete(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).DELETE());
  }

  static String credentials(String username) {
    return "{\"username\":\"" + username + "\",\"password\":\"" + PASSWORD + "\"}";
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}

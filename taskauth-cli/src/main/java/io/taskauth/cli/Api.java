package io.taskauth.cli;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The HTTP API of one server, as one caller. */
final class Api {
  /** As many as a page can have. */
  private static final int PAGE = 200;

  /** A server that never says "that was all" is not waited for. */
  private static final int MOST_PAGES = 5_000;

  private final Transport transport;
  private final ServerAddress server;
  private final @Nullable Credential credential;
  private final Consumer<String> trace;

  Api(
      Transport transport,
      ServerAddress server,
      @Nullable Credential credential,
      Consumer<String> trace) {
    this.transport = transport;
    this.server = server;
    this.credential = credential;
    this.trace = trace;
  }

  ServerAddress server() {
    return server;
  }

  JsonObject get(String path) {
    return send("GET", path, null);
  }

  JsonObject post(String path, JsonObject body) {
    return send("POST", path, body);
  }

  JsonObject patch(String path, JsonObject body) {
    return send("PATCH", path, body);
  }

  void delete(String path) {
    send("DELETE", path, null);
  }

  /** All items of a list, page after page. */
  List<JsonObject> list(String path, Optional<String> query) {
    List<JsonObject> all = new ArrayList<>();
    String fixed = path + "?limit=" + PAGE + query.map(q -> "&q=" + encoded(q)).orElse("");
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonObject part = get(fixed + cursor.map(c -> "&cursor=" + encoded(c)).orElse(""));
      all.addAll(part.objects("items").orElseThrow(this::stranger));
      cursor = part.text("next_cursor");
      if (cursor.isEmpty()) {
        return all;
      }
    }
    throw stranger();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonObject send(String method, String path, @Nullable JsonObject body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.at(path))
            .header("Accept", "application/json")
            .header("User-Agent", "taskauth-cli/" + Version.NUMBER);
    if (credential != null) {
      request.header("Authorization", "Bearer " + credential.token().reveal());
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(Json.compact(body), StandardCharsets.UTF_8));
    }
    Answer answer = transport.send(server, request.build());
    trace.accept(method + " " + server.at(path) + ": " + answer.status());
    if (answer.status() == 204) {
      return new JsonObject();
    }
    if (answer.status() >= 200 && answer.status() < 300) {
      return answer.json().orElseThrow(this::stranger);
    }
    throw Refusal.of(server, credential, answer);
  }

  Failure stranger() {
    return Refusal.stranger(server);
  }
}

package io.taskauth.benchmarks.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a browser and a script do, over real connections. */
final class Client {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String server;

  Client(String server) {
    this.server = server;
  }

  /** A session's token, as command lines get one. */
  String signIn(String name, String password) throws IOException, InterruptedException {
    return field(
        post("/api/auth/token", null, Map.of("username", name, "password", password)),
        "access_token");
  }

  void createUser(String token, String name, String password)
      throws IOException, InterruptedException {
    String unused =
        post("/api/auth/users", token, Map.of("username", name, "password", password));
  }

  /** All of one's sessions but this one. */
  void signOutEverywhere(String admin, String userId) throws IOException, InterruptedException {
    send(request("/api/auth/users/" + userId + "/sessions", admin).DELETE().build());
  }

  String idOf(String token) throws IOException, InterruptedException {
    return field(send(request("/api/auth/whoami", token).build()), "id");
  }

  private String ticket(String token) throws IOException, InterruptedException {
    return field(post("/api/auth/ws-ticket", token, Map.of()), "ticket");
  }

  /** A value of Prometheus' text, all lines that begin so together. */
  double metric(String token, String name) throws IOException, InterruptedException {
    return send(request("/metrics", token).build())
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Opens a stream; {@code ended} is counted down when the server ends it. */
  void stream(String token, CountDownLatch open, CountDownLatch ended) {
    HttpRequest request =
        request("/dashboard/stream", token).header("Accept", "text/event-stream").build();
    CompletableFuture<Void> unused =
        http.sendAsync(
                request,
                info -> {
                  if (info.statusCode() == 200) {
                    open.countDown();
                  }
                  return HttpResponse.BodySubscribers.fromSubscriber(new UntilTheEnd(ended));
                })
            .thenAccept(answer -> {});
  }

  /** Opens a socket; {@code ended} is counted down when the server closes it. */
  void socket(String token, CountDownLatch open, CountDownLatch ended)
      throws IOException, InterruptedException {
    URI address = URI.create(server.replaceFirst("^http", "ws") + "/ws");
    CompletableFuture<Void> unused =
        http.newWebSocketBuilder()
            .subprotocols("taskauth.v1", "taskauth.ticket." + ticket(token))
            .buildAsync(address, new UntilItCloses(ended))
            .thenAccept(socket -> open.countDown());
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private String post(String path, @Nullable String token, Map<String, String> body)
      throws IOException, InterruptedException {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json(body)))
            .build());
  }

  /** Of texts that need no escaping. */
  private static String json(Map<String, String> body) {
    return body.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(request.uri().getPath() + ": " + answer.body());
    }
    return answer.body();
  }

  private static String field(String json, String name) {
    Matcher field = Pattern.compile("\"" + name + "\":\\s*\"([^\"]*)\"").matcher(json);
    if (!field.find()) {
      throw new IllegalStateException("no " + name);
    }
    return field.group(1);
  }

  private record UntilTheEnd(CountDownLatch ended) implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {}

    @Override
    public void onError(Throwable error) {
      ended.countDown();
    }

    @Override
    public void onComplete() {
      ended.countDown();
    }
  }

  private record UntilItCloses(CountDownLatch ended) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended.countDown();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended.countDown();
    }
  }
}

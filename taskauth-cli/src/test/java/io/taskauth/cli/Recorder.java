package io.taskauth.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that is none of ours: it notes down what it is sent, and answers what it was told to.
 */
final class Recorder implements AutoCloseable {
  private final HttpServer server;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();

  private Recorder(int status, Map<String, String> headers, byte[] body) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          List<String> sent = exchange.getRequestHeaders().get("Authorization");
          authorizations.addAll(sent == null ? List.of() : sent);
          headers.forEach(exchange.getResponseHeaders()::add);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  static Recorder answering(int status, String contentType, String body) throws IOException {
    return new Recorder(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  static Recorder refusing(int status, String error, String detail, Map<String, String> more)
      throws IOException {
    JsonObject problem = new JsonObject().with("error", error).with("detail", detail);
    Map<String, String> headers = new java.util.HashMap<>(more);
    headers.put("Content-Type", "application/problem+json");
    return new Recorder(status, headers, Json.compact(problem).getBytes(StandardCharsets.UTF_8));
  }

  static Recorder sendingOnTo(String location) throws IOException {
    return new Recorder(302, Map.of("Location", location), new byte[0]);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> authorizations() {
    return authorizations;
  }

  List<String> paths() {
    return paths;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

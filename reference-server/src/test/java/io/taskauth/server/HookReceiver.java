package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskauth.server.web.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Somebody on loopback who is told what happens, and answers as it is told to. */
final class HookReceiver implements AutoCloseable {
  /** What came. */
  record Message(HttpHeaders headers, String body) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    JsonNode json() {
      return Json.read(body).orElseThrow();
    }

    /** Whether it is signed with this secret, as the specification's own library sees it. */
    boolean isSignedWith(String secret) throws Exception {
      try {
        new Webhook(secret).verify(body, headers);
        return true;
      } catch (WebhookVerificationException e) {
        return false;
      }
    }
  }

  private final HttpServer server;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private volatile int status;
  private volatile String answer;

  private HookReceiver(int status, String answer) throws IOException {
    this.status = status;
    this.answer = answer;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  static HookReceiver answering(int status, String answer) throws IOException {
    return new HookReceiver(status, answer);
  }

  void answers(int newStatus, String newAnswer) {
    answer = newAnswer;
    status = newStatus;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Map<String, List<String>> headers = exchange.getRequestHeaders();
      messages.add(new Message(HttpHeaders.of(headers, (name, value) -> true), body));
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
  }

  /** The next one. */
  Message next() throws InterruptedException {
    return Optional.ofNullable(messages.poll(20, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("nothing came"));
  }

  /** The next one of this type, whatever comes before it. */
  Message next(String type) throws InterruptedException {
    Message message = next();
    while (!message.json().path("type").asString().equals(type)) {
      message = next();
    }
    return message;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.taskauth.oauth;

import com.sun.net.httpserver.HttpHandler;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What any endpoint may do instead of what it is there for. */
final class Misbehaviour {
  private Misbehaviour() {}

  static HttpHandler status(int status) {
    return exchange -> StandIn.json(exchange, status, Map.of("error", "a-secret-of-theirs"));
  }

  static HttpHandler redirect(java.net.URI elsewhere) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", elsewhere.toString());
      exchange.sendResponseHeaders(307, -1);
    };
  }

  static HttpHandler json(String text) {
    return exchange -> StandIn.send(exchange, 200, "application/json", text);
  }

  static HttpHandler html() {
    return exchange -> StandIn.send(exchange, 200, "text/html", "<html>welcome to our wifi</html>");
  }

  static HttpHandler text(String text) {
    return exchange -> StandIn.send(exchange, 200, "text/plain", text);
  }

  static HttpHandler megabytes() {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      byte[] block = "{\"a\":\"".concat("x".repeat(65530)).getBytes(StandardCharsets.US_ASCII);
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < 160; i++) {
          out.write(block);
        }
      }
    };
  }

  static HttpHandler nested() {
    return json("{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}");
  }

  static HttpHandler invalidUtf8() {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'});
      }
    };
  }

  /** A byte now and then, for as long as somebody listens. */
  static HttpHandler drip() {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (!Thread.interrupted()) {
          out.write(' ');
          out.flush();
          Thread.sleep(20);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}

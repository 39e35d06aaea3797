package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A request byte by byte: no client that tidies up paths and headers on the way. */
final class Call {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int port;
  private final String method;
  private final String target;
  private final List<String> headers = new ArrayList<>();
  private String host;
  private byte[] body = new byte[0];
  private boolean withBody;

  Call(int port, String method, String target) {
    this.port = port;
    this.method = method;
    this.target = target;
    this.host = "127.0.0.1:" + port;
  }

  Call host(String name) {
    this.host = name;
    return this;
  }

  Call header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  /** Names and values alternating. */
  Call headers(String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      header(pairs[i], pairs[i + 1]);
    }
    return this;
  }

  Call browser() {
    return header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
  }

  Call cookie(String cookie) {
    return header("Cookie", cookie);
  }

  /** With the session and nothing against forgery. */
  Call as(SignedIn who) {
    return cookie(who.session());
  }

  /** With the session and the header that only pages of this site can send. */
  Call meantBy(SignedIn who) {
    return as(who).header("X-CSRF-Token", who.csrf());
  }

  Call bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /** As a proxy that the host trusts says. */
  Call https() {
    return header("X-Forwarded-Proto", "https");
  }

  Call json(String text) {
    return body("application/json", text.getBytes(UTF_8));
  }

  /** A JSON object, names and values alternating. */
  Call object(Object... fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      object.put((String) fields[i], fields[i + 1]);
    }
    return json(JSON.writeValueAsString(object));
  }

  /** A form of one of our pages, filled in by somebody in a browser. */
  Call filledBy(SignedIn who, String... fields) {
    List<String> all = new ArrayList<>(List.of("_csrf", who.csrf()));
    all.addAll(List.of(fields));
    return browser().as(who).form(all.toArray(String[]::new));
  }

  /** A form, names and values alternating. */
  Call form(String... fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(
          URLEncoder.encode(fields[i], UTF_8) + "=" + URLEncoder.encode(fields[i + 1], UTF_8));
    }
    return body("application/x-www-form-urlencoded", String.join("&", pairs).getBytes(UTF_8));
  }

  Call body(String contentType, byte[] bytes) {
    header("Content-Type", contentType);
    return body(bytes);
  }

  Call body(byte[] bytes) {
    this.body = bytes.clone();
    this.withBody = true;
    return this;
  }

  Answer send() {
    List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1"));
    lines.add("Host: " + host);
    lines.add("Connection: close");
    lines.addAll(headers);
    if (withBody || method.equals("POST")) {
      lines.add("Content-Length: " + body.length);
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
    message.writeBytes(body);
    return raw(message.toByteArray());
  }

  /** Says how long the body is and sends none of it: a server has to refuse it unread. */
  Answer announce(long length) {
    String lines =
        String.join(
            "\r\n",
            method + " " + target + " HTTP/1.1",
            "Host: " + host,
            "Connection: close",
            String.join("\r\n", headers),
            "Content-Length: " + length,
            "\r\n");
    return raw(lines.getBytes(ISO_8859_1));
  }

  /** Sends the body in one chunk, so that nothing says beforehand how long it is. */
  Answer chunked(byte[] bytes) {
    String lines =
        String.join(
            "\r\n",
            method + " " + target + " HTTP/1.1",
            "Host: " + host,
            "Connection: close",
            String.join("\r\n", headers),
            "Transfer-Encoding: chunked",
            "",
            Integer.toHexString(bytes.length),
            "");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(lines.getBytes(ISO_8859_1));
    message.writeBytes(bytes);
    message.writeBytes("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    return raw(message.toByteArray());
  }

  private Answer raw(byte[] message) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(message);
      socket.getOutputStream().flush();
      return Answer.parse(readAll(socket.getInputStream(), method.equals("HEAD")));
    } catch (IOException e) {
      throw new AssertionError(method + " " + target, e);
    }
  }

  /** What came, even where the connection breaks after it, or is kept for the rest of a body. */
  private static byte[] readAll(InputStream in, boolean headersOnly) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (!headersOnly && Answer.isComplete(bytes.toByteArray())) {
          break;
        }
      }
    } catch (IOException e) {
      if (bytes.size() == 0) {
        throw new AssertionError("no answer", e);
      }
    }
    return bytes.toByteArray();
  }
}

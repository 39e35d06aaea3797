package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server sent until it closed the connection; status 0 where it sent nothing at all. */
record Answer(int status, List<String> headerLines, byte[] body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answer parse(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Answer(0, List.of(), new byte[0]);
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, end).split("\r\n")));
    int status = Integer.parseInt(lines.remove(0).split(" ")[1]);
    Answer raw = new Answer(status, lines, text.substring(end + 4).getBytes(ISO_8859_1));
    if (status == 100) {
      return parse(raw.body());
    }
    return raw.header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()
        ? new Answer(status, lines, dechunked(raw.body()))
        : raw;
  }

  /** Whether all is there that Content-Length promises. */
  static boolean isComplete(byte[] bytes) {
    Answer soFar = new String(bytes, ISO_8859_1).contains("\r\n\r\n") ? parse(bytes) : null;
    return soFar != null
        && soFar
            .header("Content-Length")
            .filter(n -> soFar.body().length >= Integer.parseInt(n))
            .isPresent();
  }

  private static byte[] dechunked(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String text = new String(body, ISO_8859_1);
    int at = 0;
    while (at < text.length()) {
      int line = text.indexOf("\r\n", at);
      if (line < 0) {
        break;
      }
      int length = Integer.parseInt(text.substring(at, line).split(";")[0].strip(), 16);
      if (length == 0) {
        break;
      }
      whole.write(body, line + 2, Math.min(length, body.length - line - 2));
      at = line + 2 + length + 2;
    }
    return whole.toByteArray();
  }

  List<String> headers(String name) {
    return headerLines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  String text() {
    return new String(body, UTF_8);
  }

  JsonNode json() {
    return JSON.readTree(body);
  }

  /** The stable code of a problem; empty where it is none. */
  String error() {
    return body.length > 0
            && header("Content-Type").orElse("").startsWith("application/problem+json")
        ? json().get("error").asString()
        : "";
  }

  String location() {
    return header("Location").orElse("");
  }

  /** The Set-Cookie header of that cookie, whatever prefix its name has. */
  Optional<String> cookie(String name) {
    return headers("Set-Cookie").stream()
        .filter(cookie -> cookie.replaceFirst("^__(Host|Secure)-", "").startsWith(name + "="))
        .findFirst();
  }

  /** The value of a hidden field of a page's form. */
  String field(String name) {
    String start = "name=\"" + name + "\" value=\"";
    int at = text().indexOf(start);
    if (at < 0) {
      return "";
    }
    return text().substring(at + start.length(), text().indexOf('"', at + start.length()));
  }

  /** Whether the application behind the gate has answered. */
  boolean isFromHost() {
    return text().startsWith("host\n");
  }

  @Override
  public String toString() {
    String shown = text();
    return status + " " + headerLines + "\n" + shown.substring(0, Math.min(400, shown.length()));
  }
}

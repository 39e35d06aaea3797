package io.taskauth.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.servlet.TaskAuthPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request of the JSON API and its answer. */
public final class Call {
  private static final int MAX_BODY = 64 * 1024;
  private static final List<String> JSON = List.of("application/json");
  private static final Duration MAX_BODY_TIME = Duration.ofSeconds(15);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final List<String> segments;

  Call(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    this.segments = PathSegments.behind(request);
  }

  /** What stands behind the servlet's own path, decoded. */
  public List<String> segments() {
    return segments;
  }

  public String method() {
    return request.getMethod();
  }

  /** The whole path, decoded. */
  public List<String> path() {
    return PathSegments.all(request);
  }

  public TaskAuthPrincipal principal() {
    return TaskAuthPrincipal.of(request).orElseThrow();
  }

  public boolean is(String method) {
    // HEAD is answered as GET; the container leaves the body out.
    String asked = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    return asked.equals(method);
  }

  /**
   * @throws Refusal with 405 where it is none of these
   */
  public void allow(String... methods) {
    List<String> allowed = List.of(methods);
    if (allowed.stream().noneMatch(this::is)) {
      throw Refusal.methodNotAllowed(allowed);
    }
  }

  /** A parameter of the query; empty where it is missing or empty. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(request.getParameter(name)).filter(text -> !text.isEmpty());
  }

  /**
   * @throws Refusal with 400 where it is no whole number within these limits
   */
  public long number(String name, long otherwise, long min, long max) {
    Optional<String> text = parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw Refusal.badRequest(
        "'" + name + "' must be a whole number from " + min + " to " + max + ".");
  }

  /** A header of the request; empty where it is missing. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /**
   * The object in the body; empty where there is no body.
   *
   * @throws Refusal where it is something else, too large, or does not come in time
   */
  public Optional<JsonNode> body() throws IOException {
    return body(MAX_BODY, JSON);
  }

  /**
   * The same, where it may be longer or called otherwise.
   *
   * @param max in bytes
   * @param types what the body may say that it is
   */
  public Optional<JsonNode> body(int max, List<String> types) throws IOException {
    byte[] bytes = read(max);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    if (!types.contains(type.split(";", 2)[0].strip())) {
      throw Refusal.notJson(types);
    }
    return Optional.of(
        Json.read(bytes)
            .filter(JsonNode::isObject)
            .orElseThrow(() -> Refusal.badRequest("The body must be a JSON object.")));
  }

  /** Bytes that drip in must not keep a thread, nor outlast the right to send them. */
  private byte[] read(int max) throws IOException {
    long deadline = System.nanoTime() + MAX_BODY_TIME.toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    InputStream in = request.getInputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > max) {
        throw Refusal.tooLarge();
      }
      if (System.nanoTime() - deadline > 0) {
        throw Refusal.badRequest("The body takes too long to come.");
      }
    }
    return bytes.toByteArray();
  }

  /**
   * @param location where it can be seen from now on
   */
  public void created(String location, Map<String, @Nullable Object> body) throws IOException {
    response.setHeader("Location", location);
    json(201, body);
  }

  public void noContent() {
    response.setStatus(204);
    response.setHeader("Cache-Control", "no-store");
  }

  public void json(int status, Map<String, @Nullable Object> body) throws IOException {
    Answers.json(response, status, body);
  }

  /** A list that is short and whole. */
  public void json(int status, List<Map<String, @Nullable Object>> body) throws IOException {
    Answers.json(response, status, body);
  }

  /** To be called before the answer itself. */
  public void answerHeader(String name, String value) {
    response.setHeader(name, value);
  }

  /** Something to be saved as a file; a browser never shows it as a page. */
  public void file(String type, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    PageHeaders.write(response, type + ";charset=utf-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}

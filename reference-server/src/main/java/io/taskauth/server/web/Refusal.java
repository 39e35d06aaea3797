package io.taskauth.server.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer that is an error (RFC 9457), on its way to the client. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String title;
  private final transient Map<String, String> headers;
  private final transient Map<String, Object> more;

  private Refusal(
      int status,
      String code,
      String title,
      String detail,
      Map<String, String> headers,
      Map<String, Object> more) {
    // No stack trace: it is an answer, and a flood of them must stay cheap.
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.title = title;
    this.headers = headers;
    this.more = more;
  }

  public static Refusal notFound() {
    return notFound("There is nothing at this address.");
  }

  /**
   * @param detail what is missing, as a sentence
   */
  public static Refusal notFound(String detail) {
    return of(404, "not_found", "Not found", detail);
  }

  /**
   * @param detail what is wrong, as a sentence; never what was sent
   */
  public static Refusal badRequest(String detail) {
    return of(400, "invalid_request", "Invalid request", detail);
  }

  public static Refusal forbidden(String detail) {
    return of(403, "forbidden", "Forbidden", detail);
  }

  /**
   * @param field its name in the body
   * @param reason a sentence
   */
  public static Refusal field(String field, String reason) {
    return badRequest("'" + field + "': " + reason);
  }

  public static Refusal conflict(String detail) {
    return of(409, "conflict", "Conflict", detail);
  }

  /**
   * @param current what somebody else has made of it meanwhile
   */
  public static Refusal conflict(String detail, Object current) {
    return new Refusal(409, "conflict", "Conflict", detail, Map.of(), Map.of("current", current));
  }

  public static Refusal tooLarge() {
    return of(413, "body_too_large", "Body too large", "The body is larger than it may be.");
  }

  /**
   * @param types what would do
   */
  public static Refusal notJson(List<String> types) {
    String detail = "Send the body as " + String.join(" or ", types) + " in UTF-8.";
    return of(415, "unsupported_media_type", "Unsupported media type", detail);
  }

  public static Refusal methodNotAllowed(List<String> allowed) {
    String list = String.join(", ", allowed);
    return of(405, "method_not_allowed", "Method not allowed", "Use one of: " + list + ".")
        .with("Allow", list);
  }

  public static Refusal upgradeRequired() {
    return of(426, "upgrade_required", "Upgrade required", "Open a WebSocket at this address.")
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade");
  }

  public static Refusal draining() {
    String detail = "This server is about to stop and takes no new runs.";
    return of(503, "draining", "Draining", detail).with("Retry-After", "10");
  }

  public static Refusal storeUnavailable() {
    String detail = "The store cannot be reached at the moment. Try again in a moment.";
    return of(503, "store_unavailable", "Store unavailable", detail).with("Retry-After", "2");
  }

  public static Refusal csrfFailed() {
    String detail = "This request was made by a page of another site.";
    return of(403, "csrf_failed", "Not allowed", detail);
  }

  public static Refusal overloaded(String detail) {
    return of(503, "overloaded", "Overloaded", detail).with("Retry-After", "5");
  }

  private static Refusal of(int status, String code, String title, String detail) {
    return new Refusal(status, code, title, detail, Map.of(), Map.of());
  }

  private Refusal with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Refusal(status, code, title, String.valueOf(getMessage()), all, more);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public Map<String, String> headers() {
    return headers;
  }

  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", String.valueOf(getMessage()));
    members.put("error", code);
    members.putAll(more);
    return members;
  }
}

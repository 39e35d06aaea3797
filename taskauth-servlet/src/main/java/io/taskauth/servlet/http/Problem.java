package io.taskauth.servlet.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An error on its way to the client (RFC 9457). Thrown by whatever part of the library finds that a
 * request cannot be served; becomes {@code application/problem+json} or a page.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String forPerson;
  private final transient Map<String, String> headers;

  private Problem(ErrorCode code, String detail, String forPerson, Map<String, String> headers) {
    // No stack trace: it is an answer, and a flood of them must stay cheap.
    super(detail, null, false, false);
    this.code = code;
    this.forPerson = forPerson;
    this.headers = headers;
  }

  /**
   * @param detail what is wrong and what to do, as a sentence; never a secret, never what was sent
   */
  public static Problem of(ErrorCode code, String detail) {
    return new Problem(code, detail, detail, Map.of());
  }

  /** A field of the body that is not as it should be. */
  public static Problem field(String name, String expected) {
    return of(ErrorCode.INVALID_REQUEST, "'" + name + "' " + expected);
  }

  /** Nothing was presented, or nothing that counts. */
  public static Problem notSignedIn() {
    return of(ErrorCode.NOT_AUTHENTICATED, "Sign in first.");
  }

  /** A password, where nobody signs in with one. */
  public static Problem passwordsRefused() {
    return of(
        ErrorCode.PASSWORD_LOGIN_DISABLED,
        "Nobody signs in with a password here. Sign in with one of the providers on the login"
            + " page.");
  }

  /**
   * A token whose scopes do not reach (RFC 6750, section 3.1).
   *
   * @param required what the path asks for; nothing where the token may only read
   */
  public static Problem insufficientScope(Set<String> required) {
    if (required.isEmpty()) {
      return of(ErrorCode.INSUFFICIENT_SCOPE, "This token may only read.")
          .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
    }
    String scopes = String.join(" ", new TreeSet<>(required));
    return of(ErrorCode.INSUFFICIENT_SCOPE, "This takes a token with the scope: " + scopes + ".")
        .header(
            "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scopes + "\"");
  }

  public static Problem methodNotAllowed(List<String> allowed) {
    String list = String.join(", ", allowed);
    return of(ErrorCode.METHOD_NOT_ALLOWED, "Use one of: " + list + ".").header("Allow", list);
  }

  public static Problem tooManyAttempts(Duration retryAfter) {
    return of(
            ErrorCode.TOO_MANY_ATTEMPTS,
            "Too many failed attempts. Try again in " + minutes(retryAfter) + ".")
        .retryAfter(retryAfter);
  }

  private static String minutes(Duration wait) {
    long minutes = (wait.toSeconds() + 59) / 60;
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }

  public Problem header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, detail(), forPerson, more);
  }

  /** The same, said to somebody who sees a form and not its field names. */
  public Problem told(String sentence) {
    return new Problem(code, detail(), sentence, headers);
  }

  public Problem retryAfter(Duration wait) {
    return header("Retry-After", String.valueOf(Math.max(1, wait.toSeconds())));
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** What a page says. */
  public String forPerson() {
    return forPerson;
  }

  public Map<String, String> headers() {
    return headers;
  }
}

package io.taskauth.servlet.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our cookies: their names, attributes and values. Over HTTPS a name with a prefix that browsers
 * guard ({@code __Host-}, or {@code __Secure-} below a mount path), so that no other host or plain
 * connection can plant one; over HTTP the plain name, because browsers take no other there.
 */
final class CookieJar {
  static final String SESSION = "taskauth_session";
  static final String CSRF = "taskauth_csrf";
  static final String FORM = "taskauth_form";

  /** Which browser it is, while it is at an identity provider's. */
  static final String BROWSER = "taskauth_oauth";

  /** That it comes from one just now. */
  static final String RETURN = "taskauth_return";

  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~%/-]*");

  private final String path;
  private final SameSite sameSite;

  /**
   * @param base the path that the library is mounted at, empty for the root
   */
  CookieJar(String base, SameSite sameSite) {
    this.path = base.isEmpty() ? "/" : base;
    this.sameSite = sameSite;
  }

  /** What came of looking for a cookie. */
  record Found(List<String> values) {
    /** The value, where there is exactly one: two are a sign that somebody planted one. */
    Optional<String> single() {
      return !values.isEmpty() && Collections.frequency(values, values.get(0)) == values.size()
          ? Optional.of(values.get(0))
          : Optional.empty();
    }

    boolean isAbsent() {
      return values.isEmpty();
    }
  }

  Found find(HttpServletRequest request, boolean secure, String name) {
    List<String> guarded = values(request, guardedName(name));
    return new Found(guarded.isEmpty() && !secure ? values(request, name) : guarded);
  }

  private String guardedName(String name) {
    return (path.equals("/") ? "__Host-" : "__Secure-") + name;
  }

  private static List<String> values(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>(1);
    for (var headers = request.getHeaders("Cookie"); headers.hasMoreElements(); ) {
      addValues(headers.nextElement(), name, values);
    }
    return values;
  }

  /** RFC 6265, section 5.4: blanks and tabs, and no other white space that Unicode has. */
  private static String blankless(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Takes apart only those pairs that have the name somewhere. */
  private static void addValues(String header, String name, List<String> values) {
    for (int at = header.indexOf(name); at >= 0; ) {
      int end = header.indexOf(';', at);
      String pair =
          header.substring(header.lastIndexOf(';', at) + 1, end < 0 ? header.length() : end);
      int equals = pair.indexOf('=');
      if (equals > 0 && blankless(pair.substring(0, equals)).equals(name)) {
        values.add(blankless(pair.substring(equals + 1)));
      }
      at = end < 0 ? -1 : header.indexOf(name, end);
    }
  }

  /**
   * The value of a {@code Set-Cookie} header (RFC 6265bis).
   *
   * @param maxAge null for a cookie that ends with the browser
   */
  String set(
      String name, String value, boolean secure, boolean httpOnly, @Nullable Duration maxAge) {
    return set(name, value, secure, httpOnly, maxAge, sameSite);
  }

  /** The same for a cookie with a choice of its own about other sites. */
  String set(
      String name,
      String value,
      boolean secure,
      boolean httpOnly,
      @Nullable Duration maxAge,
      SameSite sites) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("a path that no cookie can have: " + path);
    }
    StringBuilder cookie = new StringBuilder();
    cookie.append(secure ? guardedName(name) : name).append('=').append(value);
    cookie.append("; Path=").append(path);
    if (maxAge != null) {
      cookie.append("; Max-Age=").append(Math.max(0, maxAge.toSeconds()));
    }
    if (secure) {
      cookie.append("; Secure");
    }
    if (httpOnly) {
      cookie.append("; HttpOnly");
    }
    return cookie.append("; SameSite=").append(sites.attribute()).toString();
  }

  /** Takes it away: with the attributes it was set with, or browsers keep it. */
  String clear(String name, boolean secure, boolean httpOnly) {
    return set(name, "", secure, httpOnly, Duration.ZERO);
  }
}

package io.taskauth.servlet.http;

import io.taskauth.principal.Credential;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The only place that reads {@code Authorization} and the session cookie. */
final class CredentialReader {
  // RFC 6750, section 2.1; the scheme in any case (RFC 9110, section 11.1).
  private static final Pattern BEARER =
      Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] {1,8}([A-Za-z0-9._~+/-]{1,8192}={0,2})");

  private CredentialReader() {}

  /** Where {@code Authorization} is present it alone counts, never the cookie beside it. */
  static Credential read(HttpServletRequest request, CookieJar cookies, boolean secure) {
    List<String> authorization = Collections.list(request.getHeaders("Authorization"));
    if (!authorization.isEmpty()) {
      return bearer(authorization);
    }
    CookieJar.Found cookie = cookies.find(request, secure, CookieJar.SESSION);
    if (cookie.isAbsent()) {
      return new Credential.None();
    }
    return new Credential.SessionCookie(cookie.single().orElse(""));
  }

  private static Credential bearer(List<String> authorization) {
    if (authorization.size() > 1) {
      return new Credential.Malformed();
    }
    var parts = BEARER.matcher(authorization.get(0).strip());
    return parts.matches() ? new Credential.Bearer(parts.group(1)) : new Credential.Malformed();
  }
}

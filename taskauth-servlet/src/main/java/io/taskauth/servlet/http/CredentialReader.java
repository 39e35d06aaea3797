package io.taskauth.servlet.http;

import io.taskauth.principal.Credential;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/** The only place that reads {@code Authorization} and the session cookie. */
final class CredentialReader {
  private static final String SCHEME = "Bearer";
  private static final int MAX_SPACES = 8;
  private static final int MAX_TOKEN = 8192;

  private CredentialReader() {}

  /** Where {@code Authorization} is present it alone counts, never the cookie beside it. */
  static Credential read(HttpServletRequest request, CookieJar cookies, boolean secure) {
    Enumeration<String> authorization = request.getHeaders("Authorization");
    if (authorization.hasMoreElements()) {
      String first = authorization.nextElement();
      return authorization.hasMoreElements() ? new Credential.Malformed() : bearer(first.strip());
    }
    CookieJar.Found cookie = cookies.find(request, secure, CookieJar.SESSION);
    if (cookie.isAbsent()) {
      return new Credential.None();
    }
    return new Credential.SessionCookie(cookie.single().orElse(""));
  }

  /** RFC 6750, section 2.1; the scheme in any case (RFC 9110, section 11.1). */
  private static Credential bearer(String authorization) {
    int token = SCHEME.length();
    while (token < authorization.length() && authorization.charAt(token) == ' ') {
      token++;
    }
    int spaces = token - SCHEME.length();
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && spaces >= 1
            && spaces <= MAX_SPACES
            && isToken(authorization, token)
        ? new Credential.Bearer(authorization.substring(token))
        : new Credential.Malformed();
  }

  private static boolean isToken(String text, int from) {
    int to = text.length();
    for (int padding = 0; padding < 2 && to > from && text.charAt(to - 1) == '='; padding++) {
      to--;
    }
    for (int i = from; i < to; i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return to > from && to - from <= MAX_TOKEN;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~+/".indexOf(c) >= 0;
  }
}

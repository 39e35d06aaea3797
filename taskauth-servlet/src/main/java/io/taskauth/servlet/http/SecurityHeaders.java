package io.taskauth.servlet.http;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of every answer that is the library's own (OWASP HTTP Headers Cheat Sheet). */
final class SecurityHeaders {
  // No inline script or style anywhere; data: images because the style sheet draws its icons so.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " object-src 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void write(HttpServletResponse response, boolean secure, String hsts) {
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
    writeTransport(response, secure, hsts);
  }

  static void writeTransport(HttpServletResponse response, boolean secure, String hsts) {
    if (secure && !hsts.isEmpty()) {
      response.setHeader("Strict-Transport-Security", hsts);
    }
  }
}

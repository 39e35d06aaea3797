package io.taskauth.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * The filter demands the session's token of every form. With authentication turned off there is no
 * session, and any page that the browser has open could send something here (W3C Fetch Metadata).
 */
public final class ForeignSites {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private ForeignSites() {}

  /**
   * @throws Refusal with 403 where a page of another site asks for a change
   */
  public static void refuseChange(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean ours = site == null || site.equals("same-origin") || site.equals("none");
    if (!ours && !SAFE.contains(request.getMethod())) {
      throw Refusal.csrfFailed();
    }
  }
}

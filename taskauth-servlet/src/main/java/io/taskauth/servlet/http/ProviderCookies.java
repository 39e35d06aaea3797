package io.taskauth.servlet.http;

import io.taskauth.internal.Ids;
import io.taskauth.provider.ProviderSignIns;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a browser carries on its way to an identity provider and back. The way back is a link from
 * another site, so that these are {@code SameSite=Lax} whatever the session's cookie is. Belongs to
 * one thread.
 */
public final class ProviderCookies {
  private static final Duration RETURN = Duration.ofMinutes(1);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final CookieJar jar;
  private final boolean secure;

  ProviderCookies(
      HttpServletRequest request, HttpServletResponse response, CookieJar jar, boolean secure) {
    this.request = request;
    this.response = response;
    this.jar = jar;
    this.secure = secure;
  }

  /** The secret that this browser is known by; empty where it has none, or two. */
  public Optional<String> browser() {
    return jar.find(request, secure, CookieJar.BROWSER)
        .single()
        .filter(ProviderSignIns::isBrowserSecret);
  }

  /**
   * The same, made and set where there is none. A browser keeps the one that it has, so that two
   * tabs can be on their way at once.
   */
  public String browserForDeparture(Ids ids) {
    String secret = browser().orElseGet(ids::secret256);
    set(CookieJar.BROWSER, secret, ProviderSignIns.life());
    return secret;
  }

  /** Notes that the next page is reached from another site; see {@link #isBack}. */
  public void setBack() {
    set(CookieJar.RETURN, "1", RETURN);
  }

  /**
   * Whether the browser comes from a provider just now. A session cookie that is {@code
   * SameSite=Strict} has then been set, and is not sent before a page of this site asks for one.
   */
  public boolean isBack() {
    return !jar.find(request, secure, CookieJar.RETURN).isAbsent();
  }

  public void clearBack() {
    set(CookieJar.RETURN, "", Duration.ZERO);
  }

  private void set(String name, String value, Duration life) {
    response.addHeader("Set-Cookie", jar.set(name, value, secure, true, life, SameSite.LAX));
  }
}

package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A browser that was sent to a provider: the state it has in its address, and its cookie. */
record AtProvider(Site site, String slot, String state, String cookie) {
  static AtProvider depart(Site site, String slot, String next) {
    return depart(site, slot, next, null);
  }

  /**
   * @param cookies those that the browser has already, or null
   */
  static AtProvider depart(Site site, String slot, String next, String cookies) {
    String query = next.isEmpty() ? "" : "?next=" + encoded(next);
    Call call = site.get("/api/auth/oauth/start/" + slot + query).browser();
    Answer away = (cookies == null ? call : call.cookie(cookies)).send();
    assertThat(away.status()).as("%s", away).isEqualTo(302);
    assertThat(away.location()).startsWith("https://idp.example/authorize?");
    String cookie = away.cookie("taskauth_oauth").orElseThrow();
    return new AtProvider(
        site, slot, StubProvider.state(away), cookie.substring(0, cookie.indexOf(';')));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The way back, which a link of the provider's begins. */
  Call back(String code) {
    return callback("code=" + code + "&state=" + state).cookie(cookie);
  }

  Call callback(String query) {
    return site.get("/api/auth/oauth/callback/" + slot + "?" + query)
        .browser()
        .header("Sec-Fetch-Site", "cross-site");
  }

  /** Somebody new, signed in through that provider. */
  static Answer signIn(Site site, String slot, String subject, String sid) {
    StubProvider provider = slot.equals("corp") ? site.corp : site.other;
    String code = "code-of-" + subject;
    provider.on(code, StubProvider.person(subject, sid));
    Answer in = depart(site, slot, "").back(code).send();
    assertThat(in.status()).as("%s", in).isEqualTo(302);
    assertThat(in.cookie("taskauth_session")).as("%s", in).isPresent();
    return in;
  }

  /** What a browser sends along after that. */
  static SignedIn signedIn(Site site, String slot, String subject, String sid) {
    Answer in = signIn(site, slot, subject, sid);
    return new SignedIn(
        in.cookie("taskauth_session").orElseThrow(), in.cookie("taskauth_csrf").orElseThrow(), "");
  }
}

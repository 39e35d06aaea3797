package io.taskauth.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Hashes;
import io.taskauth.internal.HmacSha256;
import io.taskauth.session.SessionId;
import io.taskauth.token.SigningKeys;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that only our own pages know (OWASP Cross-Site Request Forgery Prevention Cheat Sheet,
 * signed double submit). The token of a session is an HMAC of its id, so it needs no storage, ends
 * with the session and is of no use for another one. Threads may share it.
 */
public final class CsrfTokens {
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final List<HmacSha256> keys;

  public CsrfTokens(SigningKeys keys) {
    this.keys = keys.all().stream().map(key -> new HmacSha256(key.derive("csrf"))).toList();
  }

  /** The token of a session. */
  public String forSession(SessionId session) {
    return mac(keys.get(0), "session " + session.value());
  }

  /** Whether this is the token of that session, signed with any key in force. */
  public boolean isOfSession(SessionId session, @Nullable String presented) {
    return presented != null && isMacOf("session " + session.value(), presented);
  }

  /**
   * A token for a form that is shown before there is a session. The browser must bring it twice, in
   * the form and in a cookie.
   *
   * @param nonce 43 characters of base64url, random
   */
  public String forForm(String nonce) {
    return nonce + "." + mac(keys.get(0), "form " + nonce);
  }

  /** Whether both are the same token of ours. */
  public boolean isOfForm(@Nullable String cookie, @Nullable String field) {
    return cookie != null
        && field != null
        && Hashes.constantTimeEquals(cookie, field)
        && isForm(cookie);
  }

  /** Whether it is a token of ours for a form, so that a second tab can go on with it. */
  public boolean isForm(@Nullable String token) {
    int dot = token == null ? -1 : token.indexOf('.');
    if (token == null || dot < 0) {
      return false;
    }
    String nonce = token.substring(0, dot);
    return NONCE.matcher(nonce).matches() && isMacOf("form " + nonce, token.substring(dot + 1));
  }

  private boolean isMacOf(String text, String presented) {
    boolean found = false;
    for (HmacSha256 key : keys) {
      found |= Hashes.constantTimeEquals(mac(key, text), presented);
    }
    return found;
  }

  private static String mac(HmacSha256 key, String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.of(text.getBytes(UTF_8)));
  }
}

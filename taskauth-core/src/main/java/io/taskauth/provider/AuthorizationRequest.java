package io.taskauth.provider;

import java.net.URI;

/**
 * One sign-in as it begins.
 *
 * @param redirectUri where the provider sends the browser back to
 * @param state comes back with the browser (RFC 6749, section 10.12)
 * @param nonce comes back in the ID token (OpenID Connect Core 1.0, section 3.1.2.1)
 * @param codeVerifier its SHA-256 goes to the provider now, it itself with the code (RFC 7636)
 */
public record AuthorizationRequest(
    URI redirectUri, String state, String nonce, String codeVerifier) {
  @Override
  public String toString() {
    return redirectUri + " [redacted]";
  }
}

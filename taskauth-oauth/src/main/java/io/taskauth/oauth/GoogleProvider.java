package io.taskauth.oauth;

import java.net.URI;

/**
 * Google, an {@link OpenIdProvider} whose address is known. With one allowed domain Google offers
 * the accounts of that domain; who may come in is decided by the verified e-mail address all the
 * same, since {@code hd} in the address is for anybody to change.
 */
public final class GoogleProvider {
  static final String TYPE = "google";

  private GoogleProvider() {}

  /** One that lacks the client's id and secret only. */
  public static OpenIdProviderBuilder builder() {
    return new OpenIdProviderBuilder("google", TYPE)
        .label("Google")
        .discoveryUrl(URI.create("https://accounts.google.com"));
  }
}

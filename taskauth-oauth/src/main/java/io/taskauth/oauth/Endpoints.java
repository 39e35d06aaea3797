package io.taskauth.oauth;

import io.taskauth.internal.IpAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which addresses of a provider secrets may travel to. */
final class Endpoints {
  private Endpoints() {}

  /** Whether it is an address of this machine, where there is nobody in between. */
  static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      return false;
    }
    return host.equalsIgnoreCase("localhost")
        || IpAddress.parse(host).filter(IpAddress::isLoopback).isPresent();
  }

  /** Whether it is https, or http where that is allowed, to a host and without a password in it. */
  static boolean isSafe(@Nullable URI uri, boolean httpAllowed) {
    if (uri == null || uri.getHost() == null || uri.getScheme() == null) {
      return false;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("https") || (httpAllowed && scheme.equals("http")))
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null;
  }

  /**
   * An address from the configuration.
   *
   * @throws IllegalArgumentException naming the setting, where secrets may not travel there
   */
  static URI configured(String setting, URI uri) {
    if (!isSafe(uri, isLoopback(uri)) || uri.getRawQuery() != null) {
      throw new IllegalArgumentException(
          setting + " must be an https address without query or fragment (http on loopback only)");
    }
    return uri;
  }

  /** The address without the slashes at its end. */
  static String withoutSlash(URI uri) {
    return uri.toString().replaceAll("/+$", "");
  }
}

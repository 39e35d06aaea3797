package io.taskauth.servlet.http;

import io.taskauth.internal.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request really comes from, and whether the browser spoke HTTPS. Forwarded headers are
 * anybody's to send: they count only as far as the proxies that added them are named ones.
 *
 * @param address the client's address, or what the container says where it is none
 * @param secure whether the browser's connection is encrypted
 */
record Client(@Nullable String address, boolean secure) {
  static Client of(HttpServletRequest request, TrustedProxies proxies) {
    String peer = request.getRemoteAddr();
    if (!proxies.contains(peer)) {
      return new Client(peer, request.isSecure());
    }
    List<String> protocols = values(request, "X-Forwarded-Proto");
    boolean secure =
        protocols.isEmpty()
            ? request.isSecure()
            : protocols.get(protocols.size() - 1).toLowerCase(Locale.ROOT).equals("https");
    return new Client(nearestStranger(peer, values(request, "X-Forwarded-For"), proxies), secure);
  }

  /** From the right, the first address that is none of our proxies: left of it anybody wrote. */
  private static @Nullable String nearestStranger(
      @Nullable String peer, List<String> forwardedFor, TrustedProxies proxies) {
    String nearest = peer;
    for (int i = forwardedFor.size() - 1; i >= 0; i--) {
      String address = forwardedFor.get(i);
      if (IpAddress.parse(address).isEmpty()) {
        return nearest;
      }
      nearest = address;
      if (!proxies.contains(address)) {
        return nearest;
      }
    }
    return nearest;
  }

  private static List<String> values(HttpServletRequest request, String header) {
    List<String> values = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(header))) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }
}

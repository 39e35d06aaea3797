package io.taskauth.servlet.http;

import io.taskauth.internal.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/**
 * Whether a request was made on this machine. A proxy here makes every one look like it: where one
 * says in whatever header that it brought a request, nobody knows where that was made. One that
 * says nothing cannot be told from a local program.
 */
final class Loopback {
  private static final Pattern BROUGHT =
      Pattern.compile(
          "Forwarded|Via|X-(?:Forwarded|Envoy|Original|Client|Cluster|Real)-.*|True-Client-IP|CF-.*"
              + "|Fastly-.*",
          Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  static boolean isDirect(HttpServletRequest request) {
    return IpAddress.parse(request.getRemoteAddr()).filter(IpAddress::isLoopback).isPresent()
        && Collections.list(request.getHeaderNames()).stream()
            .noneMatch(name -> BROUGHT.matcher(name).matches());
  }
}

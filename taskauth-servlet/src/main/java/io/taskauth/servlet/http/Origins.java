package io.taskauth.servlet.http;

import io.taskauth.internal.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that changes something was made by a page of this site, as far as the browser
 * says so (Fetch Metadata; RFC 6454). A program sends neither header and passes; it has no cookies
 * that it does not want to send.
 */
final class Origins {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private Origins() {}

  static boolean isSafe(HttpServletRequest request) {
    return SAFE_METHODS.contains(request.getMethod());
  }

  /**
   * @param publicUrl the address that users know the site by, or null where only {@code Host} says
   * @param others what our own pages may come from besides
   */
  static boolean isForeign(
      HttpServletRequest request, boolean secure, @Nullable URI publicUrl, List<URI> others) {
    return isCrossSite(request) || hasForeignOrigin(request, secure, publicUrl, others);
  }

  /**
   * The same for the opening of a WebSocket: there every browser names the origin, and one that is
   * said to be ours may well be of another site.
   */
  static boolean isForeignUpgrade(
      HttpServletRequest request, boolean secure, @Nullable URI publicUrl, List<URI> others) {
    return request.getHeader("Origin") == null
        ? isCrossSite(request)
        : hasForeignOrigin(request, secure, publicUrl, others);
  }

  /**
   * Whether the browser vouches that a page of this very origin made the request. Silence is no
   * answer here, and neither is {@code same-site}: that is any host beside this one, and any other
   * port of it.
   *
   * @param publicUrl the address that users know the site by, or null where only {@code Host} says
   * @param others what our own pages may come from besides
   */
  static boolean isOwnPage(
      HttpServletRequest request, boolean secure, @Nullable URI publicUrl, List<URI> others) {
    if (isForeign(request, secure, publicUrl, others)) {
      return false;
    }
    List<String> sites = Collections.list(request.getHeaders("Sec-Fetch-Site"));
    // Over plain HTTP a browser leaves it out; Origin has to be exactly ours then.
    return sites.isEmpty()
        ? request.getHeader("Origin") != null
            && !hasForeignOrigin(request, secure, publicUrl, List.of())
        : sites.equals(List.of("same-origin"));
  }

  private static boolean isCrossSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && site.strip().toLowerCase(Locale.ROOT).equals("cross-site");
  }

  private static boolean hasForeignOrigin(
      HttpServletRequest request, boolean secure, @Nullable URI publicUrl, List<URI> others) {
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    if (origins.isEmpty()) {
      return false;
    }
    Optional<String> origin =
        origins.size() == 1 ? normal(origins.get(0).strip()) : Optional.empty();
    // Where it is configured, it counts alone: Host is whatever name led a browser here.
    Optional<String> ours = publicUrl == null ? own(request, secure) : normal(publicUrl.toString());
    return origin.isEmpty()
        || (!origin.equals(ours)
            && others.stream().map(o -> normal(o.toString())).noneMatch(origin::equals));
  }

  /**
   * Whether {@code Host} is a name that nobody said this site has. Whoever owns a name can let it
   * lead here (DNS rebinding); to an address, or to {@code localhost}, nobody can.
   *
   * @param known the addresses that this site has
   */
  static boolean isForeignHost(HttpServletRequest request, boolean secure, List<URI> known) {
    Optional<String> host = own(request, secure);
    if (host.isEmpty() || Collections.list(request.getHeaders("Host")).size() != 1) {
      return true;
    }
    String name = URI.create(host.get()).getHost();
    boolean address = IpAddress.parse(name.replaceAll("[\\[\\]]", "")).isPresent();
    return !address
        && !name.equals("localhost")
        && known.stream().map(URI::getHost).noneMatch(name::equalsIgnoreCase);
  }

  /** Whether the browser says that a link or form of this very site was used, not just embedded. */
  /** As far as the browser says: old ones say nothing, and none does over plain HTTP. */
  static boolean isFromElsewhere(HttpServletRequest request) {
    return !isOrAbsent(request, "Sec-Fetch-Site", "same-origin", "none") || !isPage(request);
  }

  /** No picture or frame, nothing that a script fetches, and nothing that is fetched ahead. */
  static boolean isPage(HttpServletRequest request) {
    return isOrAbsent(request, "Sec-Fetch-Mode", "navigate")
        && isOrAbsent(request, "Sec-Fetch-Dest", "document")
        && request.getHeader("Sec-Purpose") == null
        && request.getHeader("Purpose") == null;
  }

  private static boolean isOrAbsent(HttpServletRequest request, String name, String... values) {
    String header = request.getHeader(name);
    return header == null || List.of(values).contains(header);
  }

  static boolean isOwnClick(HttpServletRequest request) {
    return "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && "document".equals(request.getHeader("Sec-Fetch-Dest"))
        && request.getHeader("Sec-Purpose") == null
        && request.getHeader("Purpose") == null;
  }

  private static Optional<String> own(HttpServletRequest request, boolean secure) {
    String host = request.getHeader("Host");
    return host == null ? Optional.empty() : normal((secure ? "https://" : "http://") + host);
  }

  /** Scheme, host and port, in lower case, the usual port left out; empty where it is no origin. */
  private static Optional<String> normal(String url) {
    try {
      URI uri = URI.create(url.toLowerCase(Locale.ROOT));
      if (uri.getScheme() == null || uri.getHost() == null) {
        return Optional.empty();
      }
      int usual = uri.getScheme().equals("https") ? 443 : 80;
      String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
      return Optional.of(uri.getScheme() + "://" + uri.getHost() + port);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

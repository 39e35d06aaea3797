package io.taskauth.webhook;

import io.taskauth.internal.IpAddress;
import io.taskauth.internal.Text;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a URL leads, out of a spelling that every program reads alike. What was checked and what is
 * connected to are both this, and never the URL a second time.
 *
 * @param host in lower case, an IPv6 address without its brackets
 * @param literal the host, where it is an address and no name
 * @param path with the query, in ASCII
 */
record WebhookTarget(boolean tls, String host, Optional<IpAddress> literal, int port, String path) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  /** Where the last label is like this, browsers take the whole for IPv4 (WHATWG URL, 3.5). */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  static WebhookTarget of(URI url) throws AddressRefusedException {
    // Half a surrogate pair passes for a character in a URI, and cannot be sent.
    if (!Text.isClean(url.toString())) {
      throw new AddressRefusedException("The URL holds characters that cannot be sent.");
    }
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    if (!tls && !"http".equalsIgnoreCase(url.getScheme())) {
      throw new AddressRefusedException("The URL must begin with https:// or http://.");
    }
    // Not URI.getHost and getPort: they are empty for what they do not understand, and read
    // 0177.0.0.1 as 177.0.0.1.
    String authority = url.getRawAuthority();
    if (authority == null) {
      throw new AddressRefusedException("The URL needs a host.");
    }
    if (authority.indexOf('@') >= 0) {
      throw new AddressRefusedException(
          "The URL must not hold a user name or a password; use a header for them.");
    }
    int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    hostEnd = hostEnd < 0 ? authority.length() : hostEnd;
    String host = authority.substring(0, hostEnd).toLowerCase(Locale.ROOT);
    int port = port(authority.substring(hostEnd), tls);
    if (host.startsWith("[")) {
      return new WebhookTarget(
          tls, host.substring(1, host.length() - 1), Optional.of(ipv6(host)), port, path(url));
    }
    return new WebhookTarget(tls, host, literalOrName(host), port, path(url));
  }

  /** What stands in the Host header: the port only where it is not the usual one. */
  Optional<Integer> unusualPort() {
    return port == (tls ? 443 : 80) ? Optional.empty() : Optional.of(port);
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  private static int port(String written, boolean tls) throws AddressRefusedException {
    if (written.isEmpty()) {
      return tls ? 443 : 80;
    }
    String digits = written.substring(1);
    if (written.charAt(0) == ':' && PORT.matcher(digits).matches()) {
      int port = Integer.parseInt(digits);
      if (port <= 65535) {
        return port;
      }
    }
    throw new AddressRefusedException("The port must be a number from 1 to 65535.");
  }

  private static IpAddress ipv6(String host) throws AddressRefusedException {
    if (host.indexOf('%') >= 0) {
      throw new AddressRefusedException(
          "The address must not name a network interface (the part after %).");
    }
    IpAddress address =
        IpAddress.parse(host)
            .orElseThrow(
                () -> new AddressRefusedException("What stands in brackets is no IPv6 address."));
    if (address.bits() == 32) {
      throw new AddressRefusedException(
          "Write an IPv4 address as such, not as an IPv6 address (::ffff:...).");
    }
    return address;
  }

  private static Optional<IpAddress> literalOrName(String host) throws AddressRefusedException {
    if (host.isEmpty()) {
      throw new AddressRefusedException("The URL needs a host.");
    }
    // Full-width digits and dots become plain ones in some programs, %2e a dot in others.
    if (!host.chars().allMatch(c -> c > ' ' && c < 0x7f) || host.indexOf('%') >= 0) {
      throw new AddressRefusedException(
          "Write the host in plain ASCII, an international name in its form xn--...");
    }
    if (host.endsWith(".")) {
      throw new AddressRefusedException("Write the host without the dot at its end.");
    }
    String[] labels = host.split("\\.", -1);
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      return Optional.of(
          IpAddress.parse(host)
              .orElseThrow(
                  () ->
                      new AddressRefusedException(
                          "An IPv4 address must be four decimal numbers from 0 to 255 without"
                              + " leading zeros, as in 192.0.2.1.")));
    }
    boolean proper = host.length() <= 253;
    for (String label : labels) {
      proper &= LABEL.matcher(label).matches();
    }
    if (!proper) {
      throw new AddressRefusedException("The host is no valid name.");
    }
    return Optional.empty();
  }

  private static String path(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }
}

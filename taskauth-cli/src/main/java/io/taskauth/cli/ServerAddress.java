package io.taskauth.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a server of taskauth is: scheme, host, port, and the path it is mounted at. Two addresses
 * are equal when all four are, however they were written; a stored token goes nowhere else.
 */
record ServerAddress(URI base) {
  private static final Pattern IPV4_LOOPBACK =
      Pattern.compile("127\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");

  /**
   * @param source what the text was given as, for the message
   * @throws WrongUsage that does not repeat the text where a password may stand in it
   */
  static ServerAddress parse(String text, String source) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw wrong(source);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new WrongUsage(source + " must have no user, no query and no fragment");
    }
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw wrong(source);
    }
    String path = uri.getRawPath().replaceAll("/+$", "");
    if (!PATH.matcher(path).matches() || uri.getPort() == 0 || uri.getPort() > 65535) {
      throw wrong(source);
    }
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return new ServerAddress(
        URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path));
  }

  private static WrongUsage wrong(String source) {
    return new WrongUsage(source + " must be an address such as https://tools.example.com");
  }

  /** A path of the API or a page, with the query if there is one. */
  URI at(String path) {
    return URI.create(base + path);
  }

  boolean encrypted() {
    return base.getScheme().equals("https");
  }

  /** Whether what is sent there stays on this machine. */
  boolean loopback() {
    String host = base.getHost();
    return host.equals("localhost")
        || host.equals("[::1]")
        || IPV4_LOOPBACK.matcher(host).matches();
  }

  @Override
  public String toString() {
    return base.toString();
  }
}

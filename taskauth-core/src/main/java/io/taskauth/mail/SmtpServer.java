package io.taskauth.mail;

import io.taskauth.internal.IpAddress;
import io.taskauth.internal.Text;
import io.taskauth.password.Password;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The mail server that a URL names. Prints without user and password. */
record SmtpServer(String host, int port, Tls tls, Optional<Login> login) {
  /** When TLS begins. */
  enum Tls {
    /** Never. */
    NONE,
    /** After STARTTLS, before anything else is said (RFC 3207). */
    STARTTLS,
    /** With the first byte (RFC 8314, section 3.3). */
    AT_ONCE
  }

  /** What the server is told to let us in. */
  record Login(String user, Password password) {}

  SmtpServer {
    if (login.isPresent() && tls == Tls.NONE && !isLoopback(host)) {
      throw refused("a user and a password only go to another machine with TLS");
    }
  }

  static SmtpServer parse(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      // Without the cause, which quotes the text, password and all.
      throw refused("this is no URL");
    }
    boolean atOnce = "smtps".equalsIgnoreCase(url.getScheme());
    if (!atOnce && !"smtp".equalsIgnoreCase(url.getScheme())) {
      throw refused("the scheme is another");
    }
    if (url.getHost() == null) {
      throw refused("there is no valid host");
    }
    if (!url.getRawPath().isEmpty() || url.getRawFragment() != null) {
      throw refused("nothing but ?tls=off may follow the host and the port");
    }
    boolean off = "tls=off".equals(url.getRawQuery());
    if (url.getRawQuery() != null && (!off || atOnce)) {
      throw refused("the only option is tls=off, for smtp://");
    }
    int port = url.getPort() == -1 ? (atOnce ? 465 : 587) : url.getPort();
    if (port < 1 || port > 65535) {
      throw refused("the port is a number from 1 to 65535");
    }
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    Tls tls = atOnce ? Tls.AT_ONCE : off || isLoopback(host) ? Tls.NONE : Tls.STARTTLS;
    return new SmtpServer(host, port, tls, login(Optional.ofNullable(url.getRawUserInfo())));
  }

  private static Optional<Login> login(Optional<String> userInfo) {
    return userInfo.map(
        both -> {
          int colon = both.indexOf(':');
          String user = colon < 0 ? "" : decoded(both.substring(0, colon));
          String password = decoded(both.substring(colon + 1));
          if (user.isEmpty() || password.isEmpty()) {
            throw refused("a user comes with a password, and a password with a user");
          }
          return new Login(user, Password.of(password));
        });
  }

  private static String decoded(String part) {
    // A plus is a plus here; only forms mean a space by it.
    String text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (!Text.isClean(text)) {
      throw refused("a user or password has no control characters");
    }
    return text;
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || IpAddress.parse(host).filter(IpAddress::isLoopback).isPresent();
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        why
            + "; expected is smtp://[user:password@]host[:port] or smtps://[user:password@]host[:port],"
            + " with special characters in user and password percent-encoded");
  }

  @Override
  public String toString() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls == Tls.AT_ONCE ? "smtps://" : "smtp://") + name + ":" + port;
  }
}

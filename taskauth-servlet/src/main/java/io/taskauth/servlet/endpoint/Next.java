package io.taskauth.servlet.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.access.SafeRedirect;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.RequestPath;
import java.net.URLEncoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where to go after signing in. */
public final class Next {
  private Next() {}

  /** The path that was asked for, if it is one to come back to; empty where it is none. */
  static String of(Exchange exchange, @Nullable String presented) {
    return SafeRedirect.path(presented).filter(next -> !isOwn(exchange, next)).orElse("");
  }

  /** The same, or the front page. */
  static String orHome(Exchange exchange, @Nullable String presented) {
    String next = of(exchange, presented);
    return next.isEmpty() ? exchange.home() : next;
  }

  /**
   * The address of one of the pages, with {@code next} on it where the present path is one to come
   * back to.
   */
  public static String page(Exchange exchange, String page) {
    Optional<String> here = SafeRedirect.path(exchange.path().raw());
    return exchange.base()
        + page
        + here.filter(next -> !isOwn(exchange, next))
            .map(next -> "?next=" + URLEncoder.encode(next, UTF_8))
            .orElse("");
  }

  /** Login pages would lead in a circle, and API paths are no pages. */
  private static boolean isOwn(Exchange exchange, String next) {
    // Compared as the path will be read when the browser comes with it.
    Optional<String> path = RequestPath.read(next);
    if (path.isEmpty()) {
      return true;
    }
    String base = RequestPath.read(exchange.home()).orElse("/");
    String own = path.get().startsWith(base) ? path.get().substring(base.length() - 1) : path.get();
    return own.startsWith("/api/")
        || path.get().startsWith("/api/")
        || own.matches("/auth/(?:login|logout|setup|reset)(?:/.*)?");
  }
}

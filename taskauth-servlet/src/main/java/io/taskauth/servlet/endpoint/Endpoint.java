package io.taskauth.servlet.endpoint;

import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.Exchange;
import java.io.IOException;
import java.util.Optional;

/** What answers one of the library's own paths. */
@FunctionalInterface
interface Endpoint {
  /**
   * @param caller who asks
   */
  void handle(Exchange exchange, Caller caller) throws IOException;

  /**
   * Who asks, and the variable part of the path.
   *
   * @param user empty on paths that are open, and where authentication is turned off
   * @param parameter the last segment of a path that ends in one, else an empty text
   */
  record Caller(Optional<SessionUser> user, String parameter) {
    /** The user of a path that is not open. */
    SessionUser signedIn() {
      return user.orElseThrow(() -> new IllegalStateException("this path is not open"));
    }
  }
}

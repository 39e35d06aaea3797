package io.taskauth.servlet.endpoint;

import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.user.User;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What answers one of the library's own paths. */
@FunctionalInterface
interface Endpoint {
  /**
   * @param caller who asks
   */
  void handle(Exchange exchange, Caller caller) throws IOException;

  /**
   * Who asks, and the variable parts of the path.
   *
   * @param principal empty on paths that are open, and where authentication is turned off
   * @param parameters what the path has in the places that may be anything
   */
  record Caller(Optional<Principal> principal, List<String> parameters) {
    /** The user of a path that takes a session. */
    SessionUser signedIn() {
      return principal
          .filter(SessionUser.class::isInstance)
          .map(SessionUser.class::cast)
          .orElseThrow(() -> new IllegalStateException("this path does not take a session"));
    }

    /** The user of a path that takes one, however they came. */
    UserPrincipal userPrincipal() {
      return principal
          .filter(UserPrincipal.class::isInstance)
          .map(UserPrincipal.class::cast)
          .orElseThrow(() -> new IllegalStateException("this path does not take a user"));
    }

    /** Whoever it is, on a path that takes somebody. */
    Principal known() {
      return principal.orElseThrow(
          () -> new IllegalStateException("this path does not take a credential"));
    }

    /** The account of {@link #userPrincipal}. */
    User user() {
      return userPrincipal().account();
    }

    /** The one variable part of the path. */
    String parameter() {
      return parameters.get(0);
    }
  }
}

package io.taskauth.servlet.endpoint;

import io.taskauth.access.AccessRules.Requirement;
import io.taskauth.access.Scopes;
import io.taskauth.user.Roles;
import java.util.Set;

/** Who may use one of the library's own paths. */
enum RouteAccess {
  /** Everybody. */
  OPEN,
  /** A user who is signed in; a token will not do. */
  SESSION,
  /** A user, by session or token. */
  USER,
  /** An administrator, by session or by a token with the scope for it. */
  ADMIN_API,
  /** An administrator who is signed in; a token will not do. */
  ADMIN_PAGE;

  boolean needsSession() {
    return this == SESSION || this == ADMIN_PAGE;
  }

  Set<String> scopes() {
    return this == ADMIN_API ? Set.of(Scopes.ADMIN) : Set.of();
  }

  Requirement requirement(Roles roles) {
    return switch (this) {
      case OPEN -> new Requirement.Open();
      case SESSION, USER -> new Requirement.SignedIn();
      case ADMIN_API, ADMIN_PAGE -> new Requirement.AtLeast(roles.administrator());
    };
  }
}

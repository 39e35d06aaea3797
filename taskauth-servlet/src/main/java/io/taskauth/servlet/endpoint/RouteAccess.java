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
  /** Whoever has a credential that holds, machines too. */
  ANYBODY_KNOWN,
  /** An administrator, by session or by a token with the scope for it. */
  ADMIN_API,
  /** An administrator who is signed in; a token will not do. */
  ADMIN_SESSION;

  boolean needsSession() {
    return this == SESSION || this == ADMIN_SESSION;
  }

  Set<String> scopes() {
    return this == ADMIN_API ? Set.of(Scopes.ADMIN) : Set.of();
  }

  Requirement requirement(Roles roles) {
    return switch (this) {
      case OPEN -> new Requirement.Open();
      case SESSION, USER, ANYBODY_KNOWN -> new Requirement.SignedIn();
      case ADMIN_API, ADMIN_SESSION -> new Requirement.AtLeast(roles.administrator());
    };
  }
}

package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import io.taskauth.principal.Principal;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who makes a request that the filter let pass, as {@code request.getUserPrincipal()} answers it.
 * Immutable; good for this request only, because the next one may find the account changed.
 */
@SuppressWarnings("exports") // Whoever calls this has the servlet API.
public final class TaskAuthPrincipal implements java.security.Principal {
  static final String ATTRIBUTE = TaskAuthPrincipal.class.getName();

  /** Says that a filter let the request pass, with somebody behind it or not. */
  static final String SEEN = ATTRIBUTE + ".seen";

  private final Principal principal;
  private final ClientInfo client;
  private final TaskAuth auth;

  TaskAuthPrincipal(Principal principal, ClientInfo client, TaskAuth auth) {
    this.principal = principal;
    this.client = client;
    this.auth = auth;
  }

  TaskAuth auth() {
    return auth;
  }

  /**
   * Who makes this request; empty on a public path where nobody is signed in, and where no {@link
   * TaskAuthFilter} saw the request.
   */
  public static Optional<TaskAuthPrincipal> of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof TaskAuthPrincipal principal
        ? Optional.of(principal)
        : Optional.empty();
  }

  /** The name of the user or machine, or "process" where authentication is turned off. */
  @Override
  public String getName() {
    return principal.name();
  }

  /** The account, where it is a user. */
  public Optional<User> user() {
    return principal.user();
  }

  /** The kind of principal, for hosts that treat kinds differently. */
  public Principal principal() {
    return principal;
  }

  /**
   * Where the request came from, for what a host records with {@link TaskAuth#audit}: proxies that
   * are trusted are looked behind.
   */
  public ClientInfo client() {
    return client;
  }

  /** Whether it has this role or a higher one; false for a name that is no role. */
  public boolean hasRole(String role) {
    return auth.roles().find(role).filter(this::has).isPresent();
  }

  /**
   * Whether its credential may be used for this: always so for a session and for a token without
   * scopes. Ask besides {@link #hasRole}, because a scope gives nobody more than their role does.
   */
  public boolean hasScope(String scope) {
    return principal.scopes().has(scope);
  }

  private boolean has(Role required) {
    return principal.has(required, auth.roles());
  }

  @Override
  public String toString() {
    return getName();
  }
}

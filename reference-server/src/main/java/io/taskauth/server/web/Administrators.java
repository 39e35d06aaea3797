package io.taskauth.server.web;

import io.taskauth.access.Scopes;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.user.Role;

/**
 * Who may see what is about everybody: the administrator's role, and a token that is limited must
 * be good for it too.
 */
public record Administrators(Role role) {
  public boolean include(TaskAuthPrincipal somebody) {
    return somebody.hasRole(role.name()) && somebody.hasScope(Scopes.ADMIN);
  }
}

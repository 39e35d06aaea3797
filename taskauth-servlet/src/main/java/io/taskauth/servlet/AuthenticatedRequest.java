package io.taskauth.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** The request as the host sees it: with somebody behind it. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
  private final TaskAuthPrincipal principal;

  AuthenticatedRequest(HttpServletRequest request, TaskAuthPrincipal principal) {
    super(request);
    this.principal = principal;
  }

  @Override
  public java.security.Principal getUserPrincipal() {
    return principal;
  }

  @Override
  public String getRemoteUser() {
    return principal.getName();
  }

  @Override
  public boolean isUserInRole(String role) {
    return principal.hasRole(role);
  }

  @Override
  public String getAuthType() {
    return "taskauth";
  }
}

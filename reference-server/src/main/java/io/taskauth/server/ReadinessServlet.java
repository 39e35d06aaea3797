package io.taskauth.server;

import io.taskauth.Health;
import io.taskauth.TaskAuth;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /readiness}: 200 where requests can be served, 503 where the store does not answer. A node
 * whose change feed is interrupted still serves, but asks the store for every request, and says so.
 */
final class ReadinessServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient TaskAuth auth;

  ReadinessServlet(TaskAuth auth) {
    this.auth = auth;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Health health = auth.health();
    if (!health.storeReachable()) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    PageHeaders.write(response, "application/json");
    response
        .getOutputStream()
        .print(
            String.format(
                "{\"status\":\"%s\",\"store\":\"%s\",\"session_cache\":\"%s\"}",
                health.storeReachable() ? "ready" : "not_ready",
                health.storeReachable() ? "reachable" : "unreachable",
                health.remembering() ? "on" : "off"));
  }
}

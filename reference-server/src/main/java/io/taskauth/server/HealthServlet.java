package io.taskauth.server;

import io.taskauth.server.web.PageHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /health}: the process is alive, whatever the store does. */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageHeaders.write(response, "application/json");
    response.getOutputStream().print("{\"status\":\"ok\"}");
  }
}

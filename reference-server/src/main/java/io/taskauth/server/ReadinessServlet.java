package io.taskauth.server;

import io.taskauth.Health;
import io.taskauth.TaskAuth;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.Answers;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /readiness}: 200 where requests can be served, 503 where the store does not answer, or
 * where this node is about to stop and shall get no more of them. A node whose change feed is
 * interrupted still serves, but asks the store for every request, and says so.
 */
final class ReadinessServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient TaskAuth auth;
  private final transient TaskRunner runner;

  ReadinessServlet(TaskAuth auth, TaskRunner runner) {
    this.auth = auth;
    this.runner = runner;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Health health = auth.health();
    boolean draining = runner.isDraining();
    boolean ready = health.storeReachable() && !draining;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", ready ? "ready" : "not_ready");
    body.put("store", health.storeReachable() ? "reachable" : "unreachable");
    body.put("session_cache", health.remembering() ? "on" : "off");
    body.put("draining", draining);
    Answers.json(response, ready ? 200 : 503, body);
  }
}

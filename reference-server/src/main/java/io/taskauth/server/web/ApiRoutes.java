package io.taskauth.server.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which paths below a servlet's own there are, with which methods, and who answers them. */
public final class ApiRoutes {
  /** Answers one kind of request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @throws Refusal where the answer is an error
     */
    void answer(Call call) throws IOException;
  }

  private final List<Route<Handler>> routes = new ArrayList<>();

  /**
   * @param path behind the servlet's own, such as <code>/{name}/run</code>; empty for that itself
   */
  public ApiRoutes on(String method, String path, Handler handler) {
    routes.add(new Route<>(method, path, handler));
    return this;
  }

  /** The same as whole paths. */
  Routes<Handler> below(String prefix) {
    return new Routes<>(
        routes.stream()
            .map(route -> new Route<>(route.method(), prefix + route.pattern(), route.handler()))
            .toList());
  }
}

package io.taskauth.server.web;

import java.io.IOException;
import java.util.List;

/** A part of the JSON API that can say what there is in it. */
public abstract class RoutedServlet extends ApiServlet implements Routed {
  private static final long serialVersionUID = 1;

  private final String path;
  private final transient Routes<ApiRoutes.Handler> routes;

  /**
   * @param path the servlet's own
   */
  protected RoutedServlet(String path, ApiRoutes routes) {
    this.path = path;
    this.routes = routes.below(path);
  }

  /**
   * What is to be mapped to it: its own path alone where there is nothing below, so that no other
   * spelling of that path leads here around a rule that is about exactly this one.
   */
  public final String mapping() {
    boolean flat = routes.all().stream().allMatch(route -> route.pattern().equals(path));
    return flat ? path : path + "/*";
  }

  @Override
  public final List<String> answered() {
    return routes.lines();
  }

  @Override
  protected final void answer(Call call) throws IOException {
    routes.find(call.method(), call.path()).handler().answer(call);
  }
}

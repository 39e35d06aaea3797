package io.taskauth.server.web;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The paths that a servlet answers, as a list that can be read, and the only thing that finds one.
 * The first that fits counts, so {@code /x/new} stands before {@code /x/{id}}. Immutable.
 *
 * @param <H> what answers
 */
public final class Routes<H> {
  /**
   * What answers a request.
   *
   * @param parameters what stands in the places of the braces
   */
  public record Match<H>(H handler, List<String> parameters) {}

  private final List<Route<H>> all;

  public Routes(List<Route<H>> routes) {
    this.all = List.copyOf(routes);
  }

  /** Methods and paths, such as <code>POST /api/tasks/{name}/run</code>. */
  public List<String> lines() {
    return all.stream().map(route -> route.method() + " " + route.pattern()).toList();
  }

  public List<Route<H>> all() {
    return all;
  }

  /**
   * @param method HEAD is answered as GET
   * @param path decoded segments
   * @throws Refusal with 404, or 405 where the path takes other methods
   */
  public Match<H> find(String method, List<String> path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    String pattern =
        all.stream()
            .filter(route -> route.parameters(path).isPresent())
            .findFirst()
            .orElseThrow(Refusal::notFound)
            .pattern();
    TreeSet<String> allowed = new TreeSet<>();
    for (Route<H> route : all) {
      Optional<List<String>> parameters = route.parameters(path);
      if (parameters.isPresent() && route.pattern().equals(pattern)) {
        if (route.method().equals(wanted)) {
          return new Match<>(route.handler(), parameters.get());
        }
        allowed.add(route.method());
      }
    }
    throw Refusal.methodNotAllowed(List.copyOf(allowed));
  }
}

package io.taskauth.servlet.endpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the library's own paths.
 *
 * @param segments of the path; {@code *} stands for any that is not empty
 */
record Route(String method, List<String> segments, RouteAccess access, Endpoint endpoint) {
  private static final String ANY = "*";

  static Route open(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), RouteAccess.OPEN, endpoint);
  }

  static Route session(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), RouteAccess.SESSION, endpoint);
  }

  static Route user(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), RouteAccess.USER, endpoint);
  }

  static Route anybodyKnown(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), RouteAccess.ANYBODY_KNOWN, endpoint);
  }

  static Route adminApi(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), RouteAccess.ADMIN_API, endpoint);
  }

  static Route adminSession(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), RouteAccess.ADMIN_SESSION, endpoint);
  }

  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  boolean isAt(List<String> path) {
    if (path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = path.get(i);
      boolean fits =
          segments.get(i).equals(ANY) ? !segment.isEmpty() : segments.get(i).equals(segment);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * Paths that name each segment come before those that take any: {@code /x/y} before {@code /x/*}.
   */
  boolean isLiteral() {
    return !segments.contains(ANY);
  }

  /** What stands in the places of {@code *}. */
  List<String> parameters(List<String> path) {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).equals(ANY)) {
        parameters.add(path.get(i));
      }
    }
    return parameters;
  }
}

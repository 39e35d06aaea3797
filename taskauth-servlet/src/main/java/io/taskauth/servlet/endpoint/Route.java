package io.taskauth.servlet.endpoint;

import java.util.List;

/**
 * One of the library's own paths.
 *
 * @param segments of the path; {@code *} as the last one stands for any
 * @param open whether it answers without a credential
 */
record Route(String method, List<String> segments, boolean open, Endpoint endpoint) {
  static Route open(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), true, endpoint);
  }

  static Route signedIn(String method, String path, Endpoint endpoint) {
    return new Route(method, split(path), false, endpoint);
  }

  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  boolean isAt(List<String> path) {
    if (path.size() != segments.size()) {
      return false;
    }
    int last = segments.size() - 1;
    boolean variable = segments.get(last).equals("*");
    return path.subList(0, last).equals(segments.subList(0, last))
        && (variable ? !path.get(last).isEmpty() : path.get(last).equals(segments.get(last)));
  }

  String parameter(List<String> path) {
    int last = segments.size() - 1;
    return segments.get(last).equals("*") ? path.get(last) : "";
  }
}

package io.taskauth.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path of the server's, and what answers it.
 *
 * @param pattern such as {@code /api/webhooks/{id}}: a segment in braces stands for any
 * @param <H> what answers
 */
public record Route<H>(String method, String pattern, H handler) {
  /**
   * What stands in the places of the braces.
   *
   * @param path decoded segments
   * @return empty where the path is another one
   */
  Optional<List<String>> parameters(List<String> path) {
    List<String> wanted = List.of(pattern.substring(1).split("/", -1));
    if (wanted.size() != path.size()) {
      return Optional.empty();
    }
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).startsWith("{")) {
        parameters.add(path.get(i));
      } else if (!wanted.get(i).equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}

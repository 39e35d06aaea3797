package io.taskauth.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of the path behind a servlet's own, split before it is decoded, and each segment decoded
 * exactly once: so that {@code a%2Fb} is one name with a slash in it.
 */
public final class PathSegments {
  private PathSegments() {}

  /**
   * @throws Refusal with 404 where a segment is a step up or holds parameters: the filter resolved
   *     them, so what it allowed is another path than the one that would be read here
   */
  static List<String> behind(HttpServletRequest request) {
    String own = request.getServletPath();
    String uri = request.getRequestURI();
    if (!uri.startsWith(own)) {
      throw Refusal.notFound();
    }
    String rest = uri.substring(own.length());
    if (rest.isEmpty() || rest.equals("/")) {
      return List.of();
    }
    return Stream.of(rest.substring(1).split("/", -1)).map(PathSegments::decoded).toList();
  }

  /**
   * The whole path.
   *
   * @throws Refusal as above
   */
  public static List<String> all(HttpServletRequest request) {
    List<String> own = List.of(request.getServletPath().substring(1).split("/", -1));
    return Stream.concat(own.stream(), behind(request).stream()).toList();
  }

  private static String decoded(String raw) {
    try {
      // A plus is a plus in a path; URLDecoder is made for forms.
      String segment = URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || raw.contains(";")) {
        throw Refusal.notFound();
      }
      return segment;
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound();
    }
  }
}

package io.taskauth.access;

import java.util.List;

/**
 * Paths, as the Servlet specification writes them: {@code /exact/path}, or {@code /prefix/*} for
 * the prefix and all below it. Compared segment by segment with decoded segments, so that no
 * encoded slash makes one path look like another. Immutable.
 */
public final class PathPattern {
  private final List<String> segments;
  private final boolean prefix;
  private final String text;

  private PathPattern(List<String> segments, boolean prefix, String text) {
    this.segments = segments;
    this.prefix = prefix;
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException for a pattern that does not begin with a slash, or has a star
   *     anywhere but at the end of {@code /*}
   */
  public static PathPattern of(String text) {
    boolean prefix = text.endsWith("/*");
    String path = prefix ? text.substring(0, text.length() - 2) : text;
    if (!text.startsWith("/") || path.contains("*") || path.contains("//")) {
      throw new IllegalArgumentException(
          "a path pattern is /exact/path or /prefix/*, not '" + text + "'");
    }
    return new PathPattern(
        path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1)), prefix, text);
  }

  /**
   * @param path the decoded segments of a path, without the context path
   */
  public boolean matches(List<String> path) {
    if (prefix ? path.size() < segments.size() : path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}

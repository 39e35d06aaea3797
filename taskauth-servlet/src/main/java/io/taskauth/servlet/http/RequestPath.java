package io.taskauth.servlet.http;

import io.taskauth.internal.Text;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, below the context path, as the container will dispatch on it: decoded
 * once, without {@code ;parameters}, dot segments resolved. What one program may read in one way
 * and the next in another is refused, and so is everything that this class and the container read
 * differently: a check on another path than the one that is dispatched on is no check.
 *
 * @param segments between the slashes; an encoded slash, where the host allows one, stays inside
 * @param dispatched the same as the container sees it, which may be a welcome file
 * @param uri the whole path as it came
 * @param query as it came, or null
 */
public record RequestPath(
    List<String> segments, List<String> dispatched, String uri, @Nullable String query) {
  // The encoded NUL, backslash, semicolon and control characters, and an escape of an escape.
  private static final Pattern AMBIGUOUS =
      Pattern.compile("//|\\\\|%(?:[01][0-9a-f]|7f|3b|5c|25[0-9a-f]{2})", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENCODED_SLASH = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);

  public RequestPath {
    segments = List.copyOf(segments);
    dispatched = List.copyOf(dispatched);
  }

  /**
   * @throws Problem with 400 where the path is ambiguous
   */
  public static RequestPath of(HttpServletRequest request, boolean allowEncodedSlash) {
    String uri = request.getRequestURI();
    if (uri == null || !uri.startsWith("/")) {
      throw ambiguous();
    }
    String info = request.getPathInfo();
    String dispatched = request.getServletPath() + (info == null ? "" : info);
    List<String> theirs = split(dispatched);
    String context = request.getContextPath();
    List<String> ours =
        hasOneReading(uri) && dispatched.startsWith("/") && uri.equals(context + dispatched)
            ? theirs
            : read(uri, context, dispatched, allowEncodedSlash);
    return new RequestPath(ours, theirs, uri, request.getQueryString());
  }

  /** Nothing encoded, no parameters, no dot segments: nobody can read it in another way. */
  private static boolean hasOneReading(String uri) {
    return PercentEncoding.isPlain(uri) && !uri.contains("/.") && !uri.contains("//");
  }

  private static List<String> read(
      String uri, @Nullable String context, String dispatched, boolean allowEncodedSlash) {
    if (AMBIGUOUS.matcher(uri).find()
        || (!allowEncodedSlash && ENCODED_SLASH.matcher(uri).find())) {
      throw ambiguous();
    }
    List<String> resolved = resolve(uri);
    List<String> prefix = context(context);
    if (!startsWith(resolved, prefix)) {
      throw ambiguous();
    }
    List<String> segments = resolved.subList(prefix.size(), resolved.size());
    if (!agrees(String.join("/", segments), dispatched)) {
      throw ambiguous();
    }
    return segments;
  }

  /** Path and query as they came. */
  public String raw() {
    return query == null ? uri : uri + "?" + query;
  }

  /** Whether the container reads it as we do, as it nearly always does. */
  public boolean isReadAlike() {
    return segments.equals(dispatched);
  }

  /**
   * The path of a reference to this site, decoded once, without the query; empty where it could be
   * read in more than one way.
   */
  public static Optional<String> read(String reference) {
    int query = reference.indexOf('?');
    String path = query < 0 ? reference : reference.substring(0, query);
    if (!path.startsWith("/") || AMBIGUOUS.matcher(path).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of("/" + String.join("/", resolve(path)));
    } catch (Problem ambiguous) {
      return Optional.empty();
    }
  }

  private static List<String> context(@Nullable String path) {
    return path == null || path.isEmpty() || path.equals("/") ? List.of() : resolve(path);
  }

  private static List<String> resolve(String uri) {
    List<String> resolved = new ArrayList<>();
    String[] raw = uri.substring(1).split("/", -1);
    for (int i = 0; i < raw.length; i++) {
      int parameters = raw[i].indexOf(';');
      String bare = parameters < 0 ? raw[i] : raw[i].substring(0, parameters);
      String segment = decoded(bare);
      boolean last = i == raw.length - 1;
      if (segment.equals("..")) {
        if (resolved.isEmpty()) {
          throw ambiguous();
        }
        resolved.remove(resolved.size() - 1);
      } else if (!segment.equals(".")) {
        // Only the end of a path may be empty; elsewhere ";x" would make a double slash.
        if (segment.isEmpty() && !last) {
          throw ambiguous();
        }
        resolved.add(segment);
      }
      if (last && (segment.equals("..") || segment.equals("."))) {
        resolved.add("");
      }
    }
    return resolved;
  }

  private static String decoded(String segment) {
    Optional<String> text = PercentEncoding.decode(segment, false);
    return text.filter(Text::isClean)
        .filter(clean -> !clean.contains("/") || isPlain(clean))
        .orElseThrow(RequestPath::ambiguous);
  }

  /** An encoded slash must not make dot segments: whoever decodes first would climb out. */
  private static boolean isPlain(String segment) {
    return Stream.of(segment.split("/", -1))
        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private static boolean startsWith(List<String> path, List<String> prefix) {
    return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
  }

  /** The container may have appended the name of a welcome file to a path that ends in a slash. */
  private static boolean agrees(String ours, String dispatched) {
    String theirs = dispatched.startsWith("/") ? dispatched.substring(1) : dispatched;
    boolean endsInSlash = ours.isEmpty() || ours.endsWith("/");
    return theirs.equals(ours)
        || (endsInSlash
            && theirs.startsWith(ours)
            && !theirs.substring(ours.length()).contains("/"));
  }

  private static List<String> split(String path) {
    return path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static Problem ambiguous() {
    return Problem.of(
        ErrorCode.INVALID_REQUEST, "The path of the URL can be read in more than one way.");
  }
}

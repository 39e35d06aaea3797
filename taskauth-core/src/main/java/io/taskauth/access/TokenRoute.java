package io.taskauth.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A path that machines use: whoever comes is asked for a service token, and nobody is ever sent to
 * a login page. Immutable; each method gives a copy.
 *
 * <pre>{@code
 * TokenRoute.at("/api/drain").methods("POST", "DELETE").scope("drain").loopbackOnly()
 * }</pre>
 *
 * @param segments of the path, decoded
 * @param methods none for all of them; {@code GET} is {@code HEAD} too
 * @param scope what the token must be for, or null
 * @param fromLoopback whether it must come from this machine
 * @param forUsers whether a user who is signed in may come too, by the rules for users
 */
public record TokenRoute(
    List<String> segments,
    Set<String> methods,
    @Nullable String scope,
    boolean fromLoopback,
    boolean forUsers) {

  private static final Pattern PATH = Pattern.compile("(?:/[^/*%?#;\\\\\\p{Cntrl}]+)+");
  private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(?:/|$)");

  public TokenRoute {
    segments = List.copyOf(segments);
    methods = Set.copyOf(methods);
  }

  /**
   * @param path exact, below the context path; the same with a slash at its end belongs to it
   * @throws IllegalArgumentException for a pattern, a path that begins with no slash or ends with
   *     one, or one that no request has once it is decoded
   */
  public static TokenRoute at(String path) {
    if (!PATH.matcher(path).matches() || DOTS.matcher(path).find()) {
      throw new IllegalArgumentException(
          "a token route is at an exact path such as /api/drain, not '" + path + "'");
    }
    return new TokenRoute(List.of(path.substring(1).split("/", -1)), Set.of(), null, false, false);
  }

  /** Only with these HTTP methods; the others are refused at this path, unless another has them. */
  public TokenRoute methods(String... names) {
    Set<String> upper =
        Stream.of(names).map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
    return new TokenRoute(segments, upper, scope, fromLoopback, forUsers);
  }

  /**
   * Only with this scope.
   *
   * @throws IllegalArgumentException where it breaks {@link Scopes#RULE}
   */
  public TokenRoute scope(String name) {
    if (!Scopes.isName(name)) {
      throw new IllegalArgumentException("a scope is " + Scopes.RULE + ", not '" + name + "'");
    }
    return new TokenRoute(segments, methods, name, fromLoopback, forUsers);
  }

  /**
   * Only from this machine. A request that a proxy on this machine brings from elsewhere is not,
   * whether or not the proxy is a trusted one.
   */
  public TokenRoute loopbackOnly() {
    return new TokenRoute(segments, methods, scope, true, forUsers);
  }

  /** Also for users, by session or personal access token, as if this were no token route. */
  public TokenRoute orUser() {
    return new TokenRoute(segments, methods, scope, fromLoopback, true);
  }

  /** The path as it was given. */
  public String path() {
    return "/" + String.join("/", segments);
  }

  /** Whether a request for this path is this route's, whatever its method. */
  public boolean isAt(List<String> path) {
    int size = segments.size();
    // Containers may dispatch /x/ to what is mapped to /x/*.
    boolean slashAtEnd = path.size() == size + 1 && path.get(size).isEmpty();
    return (path.size() == size || slashAtEnd) && path.subList(0, size).equals(segments);
  }

  /** Whether it is for this method. */
  public boolean takes(String method) {
    return methods.isEmpty()
        || methods.contains(method)
        || (method.equals("HEAD") && methods.contains("GET"));
  }

  /** Whether there are requests that are both this route's and the other's. */
  public boolean overlaps(TokenRoute other) {
    return segments.equals(other.segments)
        && (methods.isEmpty()
            || other.methods.isEmpty()
            || methods.stream().anyMatch(other::takes)
            || other.methods.stream().anyMatch(this::takes));
  }

  /** The methods, in order, as {@code Allow} names them. */
  public Set<String> allowed() {
    Set<String> allowed = new TreeSet<>(methods);
    if (methods.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed;
  }
}

package io.taskauth.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a token may be used for (RFC 6749, section 3.3). A token without scopes may do all that its
 * owner may; {@code read} lets it read and not change; {@code admin} lets it use the user, token,
 * audit and settings API of administrators; the others mean what the host says. Immutable.
 */
public final class Scopes {
  /** Safe methods only, but for what a scope of the host's is required for. */
  public static final String READ = "read";

  /** The administrators' API. */
  public static final String ADMIN = "admin";

  /** What a scope must look like, for an error message. */
  public static final String RULE =
      "1 to 64 characters a-z, 0-9, or any of . _ : -, beginning with a letter";

  /** More would be a list that nobody reads. */
  public static final int MAX = 20;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._:-]{0,63}");
  private static final Scopes UNLIMITED = new Scopes(List.of(), true);
  private static final Scopes NONE = new Scopes(List.of(), false);

  private final List<String> names;
  private final boolean unlimited;

  private Scopes(List<String> names, boolean unlimited) {
    this.names = names;
    this.unlimited = unlimited;
  }

  /** No limit: all that the owner may do. */
  public static Scopes unlimited() {
    return UNLIMITED;
  }

  /** These and nothing else: without any, a machine may do what takes no scope. */
  public static Scopes exactly(Collection<String> names) {
    return names.isEmpty() ? NONE : of(names);
  }

  /**
   * These scopes; none of them is {@link #unlimited}.
   *
   * @throws IllegalArgumentException where a name breaks {@link #RULE}, or for more than {@value
   *     #MAX}
   */
  public static Scopes of(Collection<String> names) {
    List<String> sorted = List.copyOf(new TreeSet<>(names));
    if (!sorted.stream().allMatch(Scopes::isName)) {
      throw new IllegalArgumentException("a scope must be " + RULE);
    }
    if (sorted.size() > MAX) {
      throw new IllegalArgumentException("there may be " + MAX + " scopes at most");
    }
    return sorted.isEmpty() ? UNLIMITED : new Scopes(sorted, false);
  }

  /** Whether it could be the name of a scope. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether there is no limit. */
  public boolean isUnlimited() {
    return unlimited;
  }

  /** In alphabetical order; empty where there is no limit, or nothing is allowed. */
  public List<String> names() {
    return names;
  }

  /** Whether it is one of them, or there is no limit. */
  public boolean has(String scope) {
    return unlimited || names.contains(scope);
  }

  /**
   * Whether a request may be made with them.
   *
   * @param safe whether its method only reads (RFC 9110, section 9.2.1)
   * @param required the scopes that its path asks for
   */
  public boolean allow(boolean safe, Set<String> required) {
    if (unlimited) {
      return true;
    }
    boolean asksForMore =
        required.stream().anyMatch(scope -> !scope.equals(READ) && !scope.equals(ADMIN));
    return names.containsAll(required) && (safe || asksForMore || !names.contains(READ));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scopes that && unlimited == that.unlimited && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Boolean.hashCode(unlimited);
  }

  @Override
  public String toString() {
    return String.join(" ", names);
  }
}

package io.taskauth.access;

import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a path takes: nothing, or a role. The first rule that matches decides; what no rule names
 * takes the lowest role. Immutable.
 */
public final class AccessRules {
  /** What one request takes. */
  public sealed interface Requirement {
    /** Nothing: it is open to all. */
    record Open() implements Requirement {}

    /** To be somebody, whatever the role. */
    record SignedIn() implements Requirement {}

    /** This role or a higher one. */
    record AtLeast(Role role) implements Requirement {}
  }

  private record Rule<T>(Set<String> methods, PathPattern pattern, T what) {
    static <T> Rule<T> of(String pattern, T what, String... methods) {
      return new Rule<>(
          Stream.of(methods).map(m -> m.toUpperCase(Locale.ROOT)).collect(Collectors.toSet()),
          PathPattern.of(pattern),
          what);
    }

    boolean matches(String method, List<String> path) {
      // Servlets answer HEAD by running doGet, so it takes what GET takes.
      String asked = method.equals("HEAD") && !methods.contains("HEAD") ? "GET" : method;
      return (methods.isEmpty() || methods.contains(asked)) && pattern.matches(path);
    }
  }

  private final List<Rule<Requirement>> rules;
  private final List<Rule<String>> scopes;
  private final Requirement otherwise;

  private AccessRules(
      List<Rule<Requirement>> rules, List<Rule<String>> scopes, Requirement otherwise) {
    this.rules = List.copyOf(rules);
    this.scopes = List.copyOf(scopes);
    this.otherwise = otherwise;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * What a request takes.
   *
   * @param path the decoded segments of the path, without the context path
   */
  public Requirement requirement(String method, List<String> path) {
    Requirement named = first(rules, method, path);
    return named == null ? otherwise : named;
  }

  /**
   * The scopes that a token which is limited must have for a request; mostly none.
   *
   * @param path the decoded segments of the path, without the context path
   */
  public Set<String> scopes(String method, List<String> path) {
    String named = first(scopes, method, path);
    return named == null ? Set.of() : Set.of(named);
  }

  private static <T> @Nullable T first(List<Rule<T>> rules, String method, List<String> path) {
    for (Rule<T> rule : rules) {
      if (rule.matches(method, path)) {
        return rule.what();
      }
    }
    return null;
  }

  /** Collects rules in the order in which they are asked. Not for several threads. */
  public static final class Builder {
    private final List<Rule<Requirement>> rules = new ArrayList<>();
    private final List<Rule<String>> scopes = new ArrayList<>();

    private Builder() {}

    /** These paths are open to all. */
    public Builder open(String... patterns) {
      for (String pattern : patterns) {
        rules.add(Rule.of(pattern, new Requirement.Open()));
      }
      return this;
    }

    /**
     * These paths take this role or a higher one.
     *
     * @param methods the HTTP methods this is about; none for all of them
     */
    public Builder require(Role role, String pattern, String... methods) {
      rules.add(Rule.of(pattern, new Requirement.AtLeast(role), methods));
      return this;
    }

    /**
     * These paths take this scope of a token that is limited.
     *
     * @param methods the HTTP methods this is about; none for all of them
     */
    public Builder requireScope(String scope, String pattern, String... methods) {
      scopes.add(Rule.of(pattern, scope, methods));
      return this;
    }

    /**
     * @param otherwise the role that everything else takes
     */
    public AccessRules build(Role otherwise) {
      return new AccessRules(rules, scopes, new Requirement.AtLeast(otherwise));
    }
  }

  /** The stricter one of two requirements. */
  public static Requirement stricter(Requirement one, Requirement other, Roles roles) {
    if (one instanceof Requirement.AtLeast a && other instanceof Requirement.AtLeast b) {
      return roles.satisfies(b.role(), a.role()) ? other : one;
    }
    return strictness(one) >= strictness(other) ? one : other;
  }

  private static int strictness(Requirement requirement) {
    if (requirement instanceof Requirement.Open) {
      return 0;
    }
    return requirement instanceof Requirement.SignedIn ? 1 : 2;
  }
}

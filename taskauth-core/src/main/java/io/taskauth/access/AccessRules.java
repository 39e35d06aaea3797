package io.taskauth.access;

import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  private record Rule(Set<String> methods, PathPattern pattern, Requirement requirement) {
    boolean matches(String method, List<String> path) {
      // Servlets answer HEAD by running doGet, so it takes what GET takes.
      String asked = method.equals("HEAD") && !methods.contains("HEAD") ? "GET" : method;
      return (methods.isEmpty() || methods.contains(asked)) && pattern.matches(path);
    }
  }

  private final List<Rule> rules;
  private final Requirement otherwise;

  private AccessRules(List<Rule> rules, Requirement otherwise) {
    this.rules = List.copyOf(rules);
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
    return rules.stream()
        .filter(rule -> rule.matches(method, path))
        .map(Rule::requirement)
        .findFirst()
        .orElse(otherwise);
  }

  /** Collects rules in the order in which they are asked. Not for several threads. */
  public static final class Builder {
    private final List<Rule> rules = new ArrayList<>();

    private Builder() {}

    /** These paths are open to all. */
    public Builder open(String... patterns) {
      for (String pattern : patterns) {
        rules.add(new Rule(Set.of(), PathPattern.of(pattern), new Requirement.Open()));
      }
      return this;
    }

    /**
     * These paths take this role or a higher one.
     *
     * @param methods the HTTP methods this is about; none for all of them
     */
    public Builder require(Role role, String pattern, String... methods) {
      rules.add(
          new Rule(
              Stream.of(methods).map(m -> m.toUpperCase(Locale.ROOT)).collect(Collectors.toSet()),
              PathPattern.of(pattern),
              new Requirement.AtLeast(role)));
      return this;
    }

    /**
     * @param otherwise the role that everything else takes
     */
    public AccessRules build(Role otherwise) {
      return new AccessRules(rules, new Requirement.AtLeast(otherwise));
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

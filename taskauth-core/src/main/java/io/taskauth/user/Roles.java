package io.taskauth.user;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The roles of one host, lowest first; the last one is the administrator. Whoever has a role may do
 * all that the lower ones may. Immutable.
 */
public final class Roles {
  private final List<Role> ascending;

  private Roles(List<Role> ascending) {
    this.ascending = ascending;
  }

  /** {@code viewer < operator < admin}. */
  public static Roles standard() {
    return of("viewer", "operator", "admin");
  }

  /**
   * These roles, lowest first.
   *
   * @throws IllegalArgumentException for fewer than two, for a name twice, for a malformed name
   */
  public static Roles of(String... ascending) {
    List<Role> roles = Stream.of(ascending).map(Role::new).toList();
    if (roles.size() < 2 || roles.stream().distinct().count() != roles.size()) {
      throw new IllegalArgumentException(
          "roles must be at least two different names, lowest first; not " + roles);
    }
    return new Roles(roles);
  }

  public Role lowest() {
    return ascending.get(0);
  }

  public Role administrator() {
    return ascending.get(ascending.size() - 1);
  }

  /** All of them, lowest first. */
  public List<Role> ascending() {
    return ascending;
  }

  /** The role of that name; empty where there is none. */
  public Optional<Role> find(String name) {
    return ascending.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /**
   * Whether {@code held} is {@code required} or a higher one. A role that is not on the list, left
   * over in the store from an older configuration, satisfies nothing.
   */
  public boolean satisfies(Role held, Role required) {
    int needed = ascending.indexOf(required);
    return needed >= 0 && ascending.indexOf(held) >= needed;
  }
}

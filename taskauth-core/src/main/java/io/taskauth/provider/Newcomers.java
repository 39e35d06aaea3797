package io.taskauth.provider;

import io.taskauth.user.EmailAddress;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which role an identity provider's people get.
 *
 * @param administrators verified e-mail addresses whose holders are administrators from the
 *     beginning
 * @param firstIsAdministrator whether the first account of an empty store is one, whoever it is:
 *     anybody with an account at the provider could claim a fresh server
 */
public record Newcomers(
    Roles roles, Set<EmailAddress> administrators, boolean firstIsAdministrator) {
  public Newcomers {
    administrators = Set.copyOf(administrators);
  }

  /** Whether the operator named them. */
  boolean areNamed(@Nullable EmailAddress verified) {
    // Letter by letter but for case: what only looks alike is somebody else's address.
    return verified != null
        && administrators.stream().anyMatch(a -> a.value().equalsIgnoreCase(verified.value()));
  }

  /** Whether one of them may be an administrator without a provider's granting it. */
  boolean mayBeAdministrators() {
    return !administrators.isEmpty() || firstIsAdministrator;
  }

  /** Whether nobody is named: once there is somebody, nobody becomes an administrator here. */
  boolean isForTheFirstOnly() {
    return administrators.isEmpty() && firstIsAdministrator;
  }

  /** The role that a provider grants; null where it says nothing. */
  @Nullable Role granted(ProviderAnswer.@Nullable GrantedRole granted) {
    if (granted == null) {
      return null;
    }
    String name = granted.role();
    return name == null
        ? roles.lowest()
        : roles
            .find(name)
            .orElseThrow(
                () -> new IllegalStateException("a provider grants a role that it did not name"));
  }
}

package io.taskauth.audit;

import io.taskauth.user.LoginKey;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; what is null does not matter.
 *
 * @param type of this kind
 * @param about by or about this account
 */
public record AuditFilter(@Nullable AuditType type, @Nullable About about) {
  /** Everything. */
  public static final AuditFilter NONE = new AuditFilter(null, null);

  /**
   * An account, by its id and by the names it goes by: one that matches is enough, because a failed
   * sign-in knows a name only, and a name may outlive its account.
   *
   * @param id or null where only names are known
   */
  public record About(@Nullable UUID id, Set<LoginKey> names) {
    public About {
      names = Set.copyOf(names);
    }
  }

  /** Whether it is one of the wanted ones. */
  public boolean matches(AuditEvent event) {
    return (type == null || type == event.type()) && (about == null || isAbout(event, about));
  }

  private static boolean isAbout(AuditEvent event, About about) {
    UUID id = about.id();
    boolean byId =
        id != null && (id.equals(event.userId()) || id.toString().equals(event.target()));
    return byId
        || actor(event).filter(about.names()::contains).isPresent()
        || target(event).filter(about.names()::contains).isPresent();
  }

  /** The name of who did it, as names are compared. */
  public static Optional<LoginKey> actor(AuditEvent event) {
    return Optional.ofNullable(event.username()).map(LoginKey::of);
  }

  /** The name of whom it was done to, as names are compared. */
  public static Optional<LoginKey> target(AuditEvent event) {
    return Optional.ofNullable(event.details().get(AuditEvent.TARGET_USERNAME)).map(LoginKey::of);
  }
}

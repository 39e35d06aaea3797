package io.taskauth.server.live;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditFilter.About;
import io.taskauth.server.web.Administrators;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who listens, and which security events they may hear of: administrators all, a user those about
 * the own account, a service none. Immutable; a connection ends when its account changes.
 *
 * @param name for counting connections
 * @param about the own account, or null where it is no user
 */
public record Audience(String name, boolean administrator, @Nullable About about) {
  public static Audience of(TaskAuthPrincipal principal, Administrators administrators) {
    return new Audience(
        principal.getName(),
        administrators.include(principal),
        principal.user().map(Audience::about).orElse(null));
  }

  private static About about(User user) {
    Set<LoginKey> names = new HashSet<>(Set.of(user.username().key()));
    EmailAddress email = user.email();
    if (email != null) {
      names.add(email.key());
    }
    return new About(user.id(), names);
  }

  /** The event as this audience may see it; empty where it is none of theirs. */
  Optional<AuditEvent> view(AuditEvent event) {
    if (administrator) {
      return Optional.of(event);
    }
    if (about == null || !new AuditFilter(null, about).matches(event)) {
      return Optional.empty();
    }
    boolean byAnother = event.userId() != null && !event.userId().equals(about.id());
    return Optional.of(byAnother ? withoutOrigin(event) : event);
  }

  /** What an administrator did to this account is the user's business; from where is not. */
  private static AuditEvent withoutOrigin(AuditEvent event) {
    return new AuditEvent(
        event.id(),
        event.at(),
        event.type(),
        event.outcome(),
        event.userId(),
        event.username(),
        null,
        null,
        event.target(),
        event.details());
  }
}

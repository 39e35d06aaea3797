package io.taskauth.session;

import org.jspecify.annotations.Nullable;

/**
 * Which sessions an identity provider has ended: all of a subject, those of one session of the
 * provider's, or where both are given those of which both are true (OpenID Connect Back-Channel
 * Logout 1.0, section 2.4). A session of the subject's of which nobody knows what the provider
 * calls it may be the one that is meant.
 *
 * @param subject null where {@code sid} says it all
 * @param sid null where it is about all sessions of the subject
 */
public record ProviderLogout(String slot, @Nullable String subject, @Nullable String sid) {
  public ProviderLogout {
    if (subject == null && sid == null) {
      throw new IllegalArgumentException("a logout is of a subject or of a session");
    }
  }

  /** Whether it is about a session that was opened like this; null is one by password. */
  public boolean covers(@Nullable ProviderSession session) {
    return session != null
        && session.identity().slot().equals(slot)
        && (subject == null || subject.equals(session.identity().subject()))
        && (sid == null || sid.equals(session.sid()) || (subject != null && session.sid() == null));
  }
}

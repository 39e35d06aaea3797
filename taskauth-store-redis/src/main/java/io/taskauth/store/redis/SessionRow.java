package io.taskauth.store.redis;

import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.user.Identity;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session in the slot of its user. */
final class SessionRow {
  private SessionRow() {}

  static List<String> fields(Session session) {
    return through(session.through())
        .with("created", session.createdAt())
        .with("seen", session.lastSeenAt())
        .with("expires", session.expiresAt())
        .with("ip", session.ip())
        .with("agent", session.userAgent())
        .set();
  }

  static Session session(UUID userId, SessionId id, Fields row) {
    return new Session(
        id,
        userId,
        row.instant("created"),
        row.instant("seen"),
        row.instant("expires"),
        row.text("ip"),
        row.text("agent"),
        through(row));
  }

  private static Fields through(@Nullable ProviderSession provider) {
    return provider == null
        ? Fields.none()
        : through(
            new ProviderLogout(
                provider.identity().slot(), provider.identity().subject(), provider.sid()));
  }

  /** What all sessions have that such a logout is about. */
  static Fields through(ProviderLogout logout) {
    return Fields.none()
        .with("slot", logout.slot())
        .with("subject", logout.subject())
        .with("sid", logout.sid());
  }

  private static @Nullable ProviderSession through(Fields row) {
    String slot = row.text("slot");
    return slot == null
        ? null
        : new ProviderSession(new Identity(slot, row.required("subject")), row.text("sid"));
  }
}

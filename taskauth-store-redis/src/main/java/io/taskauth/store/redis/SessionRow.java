package io.taskauth.store.redis;

import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import java.util.List;
import java.util.UUID;

/** A session in the slot of its user. */
final class SessionRow {
  private SessionRow() {}

  static List<String> fields(Session session) {
    return Fields.none()
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
        row.text("agent"));
  }
}

package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.uuid;

import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.user.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code taskauth_session}, {@code s} in queries. */
final class SessionRows {
  /** Under other names than a user's columns, so that one row can have both. */
  static final String SESSION =
      "s.id AS session_id, s.user_id, s.created_at AS opened_at, s.last_seen_at, s.expires_at,"
          + " s.ip, s.user_agent, s.through_slot, s.through_subject, s.through_sid";

  private SessionRows() {}

  static Session session(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(row.getString("session_id")),
        uuid(row, "user_id"),
        instant(row, "opened_at"),
        instant(row, "last_seen_at"),
        instant(row, "expires_at"),
        row.getString("ip"),
        row.getString("user_agent"),
        through(row));
  }

  private static @Nullable ProviderSession through(ResultSet row) throws SQLException {
    String slot = row.getString("through_slot");
    return slot == null
        ? null
        : new ProviderSession(
            new Identity(slot, row.getString("through_subject")), row.getString("through_sid"));
  }

  static void insert(Handle handle, Session session) {
    ProviderSession through = session.through();
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_session (id, user_id, created_at, last_seen_at, expires_at, ip,
              user_agent, through_slot, through_subject, through_sid)
            VALUES (:id, :user, :createdAt, :lastSeenAt, :expiresAt, :ip, :userAgent, :slot,
              :subject, :sid)
            """)
        .bind("id", session.id().value())
        .bind("user", session.userId())
        .bind("createdAt", session.createdAt().toEpochMilli())
        .bind("lastSeenAt", session.lastSeenAt().toEpochMilli())
        .bind("expiresAt", session.expiresAt().toEpochMilli())
        .bind("ip", session.ip())
        .bind("userAgent", session.userAgent())
        .bind("slot", through == null ? null : through.identity().slot())
        .bind("subject", through == null ? null : through.identity().subject())
        .bind("sid", through == null ? null : through.sid())
        .execute();
  }
}

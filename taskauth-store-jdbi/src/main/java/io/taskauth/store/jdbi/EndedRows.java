package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.millis;

import io.taskauth.session.SessionId;
import io.taskauth.user.User;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what ends with something else: secrets with their session, both, access tokens and
 * identities with their account.
 */
final class EndedRows {
  private EndedRows() {}

  /** Of an account that was closed; its tokens stay on record, revoked since then. */
  static void ofClosed(Handle handle, User closed) {
    int unused = sessionsOf(handle, closed.id(), null);
    secretsOf(handle, closed.id());
    handle
        .createUpdate(
            "UPDATE taskauth_access_token SET revoked_at = :when"
                + ByKey.where("user_id = :user", "revoked_at IS NULL"))
        .bind("when", millis(closed.deactivatedAt()))
        .bind("user", closed.id())
        .execute();
  }

  /** Of an account that was deleted. */
  static void ofDeleted(Handle handle, UUID userId) {
    int unused = sessionsOf(handle, userId, null);
    secretsOf(handle, userId);
    handle
        .createUpdate("DELETE FROM taskauth_access_token WHERE user_id = :user")
        .bind("user", userId)
        .execute();
    handle
        .createUpdate("DELETE FROM taskauth_identity WHERE user_id = :user")
        .bind("user", userId)
        .execute();
  }

  static void secretsOf(Handle handle, UUID userId) {
    handle
        .createUpdate("DELETE FROM taskauth_one_time_secret WHERE user_id = :user")
        .bind("user", userId)
        .execute();
  }

  /** How many there were. */
  static int sessionsOf(Handle handle, UUID userId, @Nullable SessionId except) {
    List<String> ended =
        handle
            .createQuery(
                "DELETE FROM taskauth_session"
                    + ByKey.where("user_id = :user", "id <> :except")
                    + " RETURNING id")
            .bind("user", userId)
            // No id is the empty text.
            .bind("except", except == null ? "" : except.value())
            .mapTo(String.class)
            .list();
    secretsOfSessions(handle, ended);
    return ended.size();
  }

  /** These sessions and their secrets. */
  static void sessions(Handle handle, List<String> ids) {
    forEach(handle, "DELETE FROM taskauth_session WHERE id = :session", ids);
    secretsOfSessions(handle, ids);
  }

  static void secretsOfSessions(Handle handle, List<String> ids) {
    forEach(handle, "DELETE FROM taskauth_one_time_secret WHERE session_id = :session", ids);
  }

  private static void forEach(Handle handle, String sql, List<String> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    PreparedBatch deletes = handle.prepareBatch(sql);
    sessions.forEach(id -> deletes.bind("session", id).add());
    deletes.execute();
  }
}

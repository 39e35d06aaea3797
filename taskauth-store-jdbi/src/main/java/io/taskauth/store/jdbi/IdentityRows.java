package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.uuid;

import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Rows of {@code taskauth_identity}. */
final class IdentityRows {
  private static final String THIS = ByKey.where("subject = :subject", "slot = :slot");

  private IdentityRows() {}

  static boolean isTaken(Handle handle, Identity identity) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM taskauth_identity" + THIS + ")")
        .bind("subject", identity.subject())
        .bind("slot", identity.slot())
        .mapTo(Boolean.class)
        .one();
  }

  static List<LinkedIdentity> ofUser(Handle handle, UUID userId) {
    return handle
        .createQuery(
            """
            SELECT slot, subject, user_id, linked_at FROM taskauth_identity
            WHERE user_id = :user ORDER BY linked_at, slot, subject
            """)
        .bind("user", userId)
        .map(
            (row, context) ->
                new LinkedIdentity(
                    new Identity(row.getString("slot"), row.getString("subject")),
                    uuid(row, "user_id"),
                    instant(row, "linked_at")))
        .list();
  }

  static void insert(Handle handle, LinkedIdentity linked) {
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_identity (slot, subject, user_id, linked_at)
            VALUES (:slot, :subject, :user, :linkedAt)
            """)
        .bind("slot", linked.identity().slot())
        .bind("subject", linked.identity().subject())
        .bind("user", linked.userId())
        .bind("linkedAt", linked.linkedAt().toEpochMilli())
        .execute();
  }

  static void delete(Handle handle, Identity identity) {
    handle
        .createUpdate("DELETE FROM taskauth_identity" + THIS)
        .bind("subject", identity.subject())
        .bind("slot", identity.slot())
        .execute();
  }
}

package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.uuid;

import io.taskauth.session.ProviderLogout;
import io.taskauth.session.SessionId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Sessions by the identity provider that vouched for their users. */
final class ProviderSessions {
  /** All of the subject's, or those of one session of the provider's and of none that is known. */
  private static final String BY_SUBJECT =
      ByKey.where(
          "through_subject = :subject",
          "through_slot = :slot"
              + " AND coalesce(through_sid, '') IN"
              + " (coalesce(CAST(:sid AS VARCHAR), through_sid, ''), '')");

  private static final String BY_SID = ByKey.where("through_sid = :sid", "through_slot = :slot");

  /** A session, and whose it is. */
  record Owned(UUID userId, SessionId id) {}

  private ProviderSessions() {}

  static List<Owned> find(Handle handle, ProviderLogout logout) {
    return list(handle, "SELECT user_id, id FROM taskauth_session", "", logout);
  }

  /** These and their secrets; those that ended. */
  static List<Owned> end(Handle handle, ProviderLogout logout) {
    List<Owned> ended =
        list(handle, "DELETE FROM taskauth_session", " RETURNING user_id, id", logout);
    EndedRows.secretsOfSessions(handle, ended.stream().map(each -> each.id().value()).toList());
    return ended;
  }

  private static List<Owned> list(
      Handle handle, String verb, String returning, ProviderLogout logout) {
    String where = logout.subject() == null ? BY_SID : BY_SUBJECT;
    Query query =
        handle
            .createQuery(verb + where + returning)
            .bind("slot", logout.slot())
            .bind("sid", logout.sid());
    if (logout.subject() != null) {
      query.bind("subject", logout.subject());
    }
    return query
        .map((row, context) -> new Owned(uuid(row, "user_id"), new SessionId(row.getString("id"))))
        .list();
  }
}

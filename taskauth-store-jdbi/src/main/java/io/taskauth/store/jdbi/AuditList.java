package io.taskauth.store.jdbi;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditFilter.About;
import io.taskauth.audit.AuditJson;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.jdbi.NewestFirst.Numbered;
import io.taskauth.user.LoginKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jdbi.v3.core.statement.Query;

/** Events a page at a time. */
final class AuditList {
  private static final String OF_TYPE = " AND event = :event";

  private static final String ABOUT =
      " AND (user_id = :about OR target = :target OR actor_key IN (<names>)"
          + " OR target_key IN (<names>))";

  private AuditList() {}

  static Page<AuditEvent> newest(Handle handle, AuditFilter filter, PageRequest request) {
    Page<Optional<AuditEvent>> page =
        NewestFirst.page(
            handle,
            "taskauth_audit_event",
            request,
            (same, from, before, atMost) -> window(same, filter, from, before, atMost));
    // A newer version may have written events of a kind that this one does not know.
    return new Page<>(page.items().stream().flatMap(Optional::stream).toList(), page.nextCursor());
  }

  private static List<Numbered<Optional<AuditEvent>>> window(
      Handle handle, AuditFilter filter, long from, long before, int atMost) {
    Query query =
        handle
            .createQuery(
                "SELECT number, document FROM taskauth_audit_event"
                    + " WHERE number >= :from AND number < :before"
                    + (filter.type() == null ? "" : OF_TYPE)
                    + (filter.about() == null ? "" : ABOUT)
                    + " ORDER BY number DESC LIMIT :atMost")
            .bind("from", from)
            .bind("before", before)
            .bind("atMost", atMost);
    if (filter.type() != null) {
      query.bind("event", filter.type().code());
    }
    if (filter.about() != null) {
      bind(query, filter.about());
    }
    return query
        .map(
            (row, context) ->
                new Numbered<>(row.getLong("number"), AuditJson.parse(row.getString("document"))))
        .list();
  }

  private static void bind(Query query, About about) {
    UUID id = about.id();
    query
        .bind("about", id)
        .bind("target", id == null ? null : id.toString())
        .bindList(
            EmptyHandling.NULL_KEYWORD,
            "names",
            about.names().stream().map(LoginKey::value).toList());
  }
}

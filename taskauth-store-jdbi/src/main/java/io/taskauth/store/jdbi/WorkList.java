package io.taskauth.store.jdbi;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.jdbi.NewestFirst.Numbered;
import io.taskauth.work.Lane;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Work a page at a time, and how much there is. */
final class WorkList {
  private WorkList() {}

  static Page<WorkItem> newest(Handle handle, WorkFilter filter, PageRequest request) {
    return NewestFirst.page(
        handle,
        "taskauth_work",
        request,
        (same, from, before, atMost) -> window(same, filter, from, before, atMost));
  }

  private static List<Numbered<WorkItem>> window(
      Handle handle, WorkFilter filter, long from, long before, int atMost) {
    Query query =
        handle.createQuery(
            "SELECT "
                + WorkRows.ITEM
                + " FROM taskauth_work WHERE number >= :from AND number < :before AND "
                + matching(filter)
                + " ORDER BY number DESC LIMIT :atMost");
    bind(query, filter);
    return query
        .bind("from", from)
        .bind("before", before)
        .bind("atMost", atMost)
        .map((row, context) -> new Numbered<>(row.getLong("number"), WorkRows.item(row)))
        .list();
  }

  static long count(Handle handle, WorkFilter filter) {
    Query query =
        handle.createQuery("SELECT count(*) FROM taskauth_work WHERE " + matching(filter));
    bind(query, filter);
    return query.mapTo(Long.class).one();
  }

  /** The status in the text itself, where PostgreSQL looks for an index of what is unfinished. */
  private static String matching(WorkFilter filter) {
    return "pool = :pool"
        + (filter.name() == null ? "" : " AND name = :name")
        + (filter.label() == null ? "" : " AND label = :label")
        + (filter.status() == null ? "" : " AND status = '" + filter.status().code() + "'");
  }

  private static void bind(Query query, WorkFilter filter) {
    query.bind("pool", filter.pool());
    if (filter.name() != null) {
      query.bind("name", filter.name());
    }
    if (filter.label() != null) {
      query.bind("label", filter.label());
    }
  }

  static List<Lane> lanes(Handle handle, String pool) {
    return handle
        .createQuery(
            """
            SELECT name, sum(CASE WHEN status = 'queued' THEN 1 ELSE 0 END) AS waiting,
              sum(CASE WHEN status = 'running' THEN 1 ELSE 0 END) AS running,
              min(CASE WHEN status = 'queued' THEN due_at ELSE lease_until END) AS next
            FROM taskauth_work
            WHERE pool = :pool AND status IN ('queued', 'running')
            GROUP BY name ORDER BY name COLLATE "C"
            """)
        .bind("pool", pool)
        .map(
            (row, context) ->
                new Lane(
                    row.getString("name"),
                    row.getLong("waiting"),
                    row.getLong("running"),
                    Columns.instantOrNull(row, "next")))
        .list();
  }
}

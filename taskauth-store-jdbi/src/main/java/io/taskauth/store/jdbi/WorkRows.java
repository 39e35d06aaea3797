package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.instantOrNull;
import static io.taskauth.store.jdbi.Columns.uuid;

import io.taskauth.store.AuthStoreException;
import io.taskauth.work.NewWork;
import io.taskauth.work.Work;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of {@code taskauth_work}. */
final class WorkRows {
  /** What makes a {@link WorkItem}: all but what may be long. */
  static final String ITEM =
      "id, number, pool, name, label, status, created_at, due_at, attempts, worker, lease_until,"
          + " started_at, finished_at, progress, cancel_requested, revision, note";

  /** What makes a {@link Work}. */
  static final String WORK = ITEM + ", input, output";

  private static final int TOGETHER = 100;
  private static final String ROW = "(CAST(? AS UUID), ?, ?, ?, ?, ?, ?)";

  private WorkRows() {}

  static WorkItem item(ResultSet row) throws SQLException {
    return new WorkItem(
        uuid(row, "id"),
        row.getLong("number"),
        row.getString("pool"),
        row.getString("name"),
        row.getString("label"),
        status(row.getString("status")),
        instant(row, "created_at"),
        instant(row, "due_at"),
        row.getInt("attempts"),
        row.getString("worker"),
        instantOrNull(row, "lease_until"),
        instantOrNull(row, "started_at"),
        instantOrNull(row, "finished_at"),
        row.getDouble("progress"),
        row.getBoolean("cancel_requested"),
        row.getInt("revision"),
        row.getString("note"));
  }

  private static WorkStatus status(String code) {
    return WorkStatus.ofCode(code)
        .orElseThrow(() -> new AuthStoreException("no status of work is called " + code, null));
  }

  static Work work(ResultSet row) throws SQLException {
    return new Work(item(row), row.getString("input"), row.getString("output"));
  }

  /** With numbers in this order. */
  static void insert(Handle handle, List<NewWork> more) {
    for (int from = 0; from < more.size(); from += TOGETHER) {
      insertTogether(handle, more.subList(from, Math.min(more.size(), from + TOGETHER)));
    }
  }

  /** One statement: see {@link SqlAudit}. */
  private static void insertTogether(Handle handle, List<NewWork> more) {
    Update insert =
        handle.createUpdate(
            """
            INSERT INTO taskauth_work (id, number, pool, name, label, status, created_at, due_at,
              attempts, progress, cancel_requested, revision, input)
            SELECT id, nextval('taskauth_work_number'), pool, name, label, 'queued', created_at,
              due_at, 0, 0, FALSE, 0, input
            FROM (VALUES %s) AS v (id, pool, name, label, created_at, due_at, input)
            """
                .formatted(String.join(", ", Collections.nCopies(more.size(), ROW))));
    int position = 0;
    for (NewWork one : more) {
      insert
          .bind(position++, one.id())
          .bind(position++, one.pool())
          .bind(position++, one.name())
          .bind(position++, one.label())
          .bind(position++, one.createdAt().toEpochMilli())
          .bind(position++, one.dueAt().toEpochMilli())
          .bind(position++, one.input());
    }
    insert.execute();
  }
}

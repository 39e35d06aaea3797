package io.taskauth.store.jdbi;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditJson;
import io.taskauth.audit.AuditStore;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.LoginKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

final class SqlAudit implements AuditStore {
  private static final int TOGETHER = 100;
  private static final int TRIMMED_TOGETHER = 5_000;
  private static final String ROW = "(CAST(? AS UUID), ?, CAST(? AS UUID), ?, ?, ?, ?)";

  private final Database database;

  SqlAudit(Database database) {
    this.database = database;
  }

  @Override
  public void append(List<AuditEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    int unused =
        database.write(
            step -> {
              for (int from = 0; from < events.size(); from += TOGETHER) {
                int to = Math.min(events.size(), from + TOGETHER);
                insert(step.handle(), events.subList(from, to));
              }
              return events.size();
            });
  }

  /**
   * One statement: a batch of statements would keep other writers of DuckDB waiting ten times as
   * long.
   */
  private static void insert(Handle handle, List<AuditEvent> events) {
    Update insert =
        handle.createUpdate(
            """
            INSERT INTO taskauth_audit_event
              (id, number, event, user_id, actor_key, target, target_key, document)
            SELECT id, nextval('taskauth_audit_event_number'), event, user_id, actor_key, target,
              target_key, document
            FROM (VALUES %s)
              AS v (id, event, user_id, actor_key, target, target_key, document)
            ON CONFLICT (id) DO NOTHING
            """
                .formatted(String.join(", ", Collections.nCopies(events.size(), ROW))));
    int position = 0;
    for (AuditEvent event : events) {
      for (Object value : row(event)) {
        insert.bind(position++, value);
      }
    }
    insert.execute();
  }

  private static List<@Nullable Object> row(AuditEvent event) {
    return Arrays.asList(
        event.id(),
        event.type().code(),
        event.userId(),
        key(AuditFilter.actor(event)),
        event.target(),
        key(AuditFilter.target(event)),
        AuditJson.line(event));
  }

  private static @Nullable String key(Optional<LoginKey> name) {
    return name.map(LoginKey::value).orElse(null);
  }

  @Override
  public Page<AuditEvent> newest(AuditFilter filter, PageRequest page) {
    return database.read(handle -> AuditList.newest(handle, filter, page));
  }

  @Override
  public int trim(int keep) {
    int removed = 0;
    int more;
    do {
      // Steps of their own: all at once might never be done in the time that a step has.
      more = database.write(step -> removeOldest(step.handle(), keep));
      removed += more;
    } while (more > 0);
    return removed;
  }

  /**
   * Too few where numbers are missing, never too many: and no need to put a million events in their
   * order to find the last one that stays.
   */
  private static int removeOldest(Handle handle, int keep) {
    return handle
        .createUpdate(
            """
            DELETE FROM taskauth_audit_event WHERE number <
              (SELECT min(number) + least(greatest(count(*) - :keep, 0), :atMost)
               FROM taskauth_audit_event)
            """)
        .bind("keep", keep)
        .bind("atMost", TRIMMED_TOGETHER)
        .execute();
  }
}

package io.taskauth.store.jdbi;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditJson;
import io.taskauth.audit.AuditStore;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.LoginKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

final class SqlAudit implements AuditStore {
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
              PreparedBatch rows =
                  step.handle()
                      .prepareBatch(
                          """
                          INSERT INTO taskauth_audit_event
                            (id, number, event, user_id, actor_key, target, target_key, document)
                          VALUES (:id, nextval('taskauth_audit_event_number'), :event, :user,
                            :actor, :target, :targetKey, :document)
                          ON CONFLICT (id) DO NOTHING
                          """);
              events.forEach(event -> add(rows, event));
              return rows.execute().length;
            });
  }

  private static void add(PreparedBatch rows, AuditEvent event) {
    rows.bind("id", event.id())
        .bind("event", event.type().code())
        .bind("user", event.userId())
        .bind("actor", key(AuditFilter.actor(event)))
        .bind("target", event.target())
        .bind("targetKey", key(AuditFilter.target(event)))
        .bind("document", AuditJson.line(event))
        .add();
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
    return database.write(
        step -> {
          int removed = 0;
          int more;
          do {
            more = removeOldest(step.handle(), keep);
            removed += more;
          } while (more > 0);
          return removed;
        });
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
              (SELECT min(number) + greatest(count(*) - :keep, 0) FROM taskauth_audit_event)
            """)
        .bind("keep", keep)
        .execute();
  }
}

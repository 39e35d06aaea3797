package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditStore;
import io.taskauth.audit.AuditType;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Migrations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log in which a newer version has left events of a kind that this one does not know. */
class NewerEventsTest {
  private final LocalChangeFeed feed = new LocalChangeFeed();
  private final DuckDbDatabase database = new DuckDbDatabase(DuckDbInstance.inMemory(), feed);
  private final AuditStore audit = new DuckDbAuthStore(database, feed).audit();

  @BeforeEach
  void migrate() {
    Migrations.shared().apply(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private AuditEvent append() {
    AuditType type = AuditType.LOGOUT;
    AuditEvent event =
        new AuditEvent(
            People.IDS.uuidV7(),
            People.NOW,
            type,
            type.outcome(),
            null,
            "ada",
            null,
            null,
            null,
            Map.of());
    audit.append(List.of(event));
    return event;
  }

  private void appendNewer(String document) {
    int unused =
        database.write(
            step ->
                step.handle()
                    .createUpdate(
                        """
                        INSERT INTO taskauth_audit_event (id, number, event, document)
                        VALUES (:id, nextval('taskauth_audit_event_number'), 'teleported', :document)
                        """)
                    .bind("id", People.IDS.uuidV7())
                    .bind("document", document)
                    .execute());
  }

  @Test
  void eventsThatThisVersionDoesNotKnowAreSkipped() {
    AuditEvent first = append();
    appendNewer("{\"event\":\"teleported\"}");
    appendNewer("no JSON");
    AuditEvent last = append();

    assertThat(audit.newest(AuditFilter.NONE, PageRequest.first(10)))
        .isEqualTo(new Page<>(List.of(last, first), null));
  }

  @Test
  void pageOfUnknownEventsOnlyIsEmptyAndLeadsOn() {
    AuditEvent first = append();
    appendNewer("{\"event\":\"teleported\"}");
    appendNewer("{\"event\":\"teleported\"}");

    Page<AuditEvent> unknown = audit.newest(AuditFilter.NONE, PageRequest.first(2));

    assertThat(unknown.items()).isEmpty();
    assertThat(audit.newest(AuditFilter.NONE, new PageRequest(2, unknown.next().orElseThrow())))
        .isEqualTo(new Page<>(List.of(first), null));
  }
}

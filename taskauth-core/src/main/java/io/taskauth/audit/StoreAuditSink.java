package io.taskauth.audit;

import java.util.List;

/** Keeps the events in the store. */
public final class StoreAuditSink implements AuditSink {
  private final AuditStore store;

  public StoreAuditSink(AuditStore store) {
    this.store = store;
  }

  @Override
  public void record(AuditEvent event) {
    store.append(List.of(event));
  }

  @Override
  public void recordAll(List<AuditEvent> events) {
    store.append(events);
  }
}

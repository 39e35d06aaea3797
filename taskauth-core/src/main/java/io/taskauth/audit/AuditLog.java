package io.taskauth.audit;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.time.Duration;

/** The events that the store has kept. Threads may share it. */
public final class AuditLog {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final AuditTrail trail;
  private final AuditStore store;

  public AuditLog(AuditTrail trail, AuditStore store) {
    this.trail = trail;
    this.store = store;
  }

  /**
   * The events, newest first. Waits a moment for those on their way, so that whoever has just done
   * something finds it.
   *
   * @throws io.taskauth.page.BadCursorException where the cursor is not from this list
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Page<AuditEvent> newest(AuditFilter filter, PageRequest page) {
    boolean unused = trail.settleStore(PATIENCE);
    return store.newest(filter, page);
  }
}

package io.taskauth.audit;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.util.List;

/**
 * The last events, kept so that administrators can read them. Each method is one atomic step; it
 * throws {@code io.taskauth.store.AuthStoreException} where the store cannot be reached or nothing
 * is known of the outcome. Implementations are shared by threads.
 */
public interface AuditStore {
  /** Adds events in their order; one whose id is there already is not added again. */
  void append(List<AuditEvent> events);

  /**
   * The events, the one added last first; a page of all of them costs the same however many there
   * are.
   *
   * @throws io.taskauth.page.BadCursorException where the cursor is not from this list
   */
  Page<AuditEvent> newest(AuditFilter filter, PageRequest page);

  /**
   * Removes all but the last {@code keep} events.
   *
   * @return how many were removed
   */
  int trim(int keep);
}

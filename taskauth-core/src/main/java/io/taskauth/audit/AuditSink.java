package io.taskauth.audit;

import java.util.List;

/**
 * Where security events go. Called on a thread of its own, never on a request's; a sink that is
 * slow loses events once a few thousand wait, and keeps nobody from signing in. What it throws is
 * logged, and the next events come all the same. Calls never overlap.
 */
@FunctionalInterface
public interface AuditSink {
  void record(AuditEvent event);

  /** Several at once, in their order; for sinks that do better with many. */
  default void recordAll(List<AuditEvent> events) {
    events.forEach(this::record);
  }
}

package io.taskauth.audit;

/**
 * Where security events go. Called on the thread of the request: an implementation that may block
 * hands the event on. What it throws is logged and otherwise ignored, so that no full disk keeps
 * anybody from signing in. Must be safe for use by several threads.
 */
@FunctionalInterface
public interface AuditSink {
  void record(AuditEvent event);
}

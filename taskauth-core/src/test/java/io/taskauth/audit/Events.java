package io.taskauth.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Events for tests. */
final class Events {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");

  private Events() {}

  /** One that is told from others by the name in it. */
  static AuditEvent named(String username) {
    return with(username, Map.of());
  }

  static AuditEvent with(Map<String, String> details) {
    return with("ada", details);
  }

  static AuditEvent with(String username, Map<String, String> details) {
    return new AuditEvent(
        UUID.randomUUID(),
        NOW,
        AuditType.LOGIN_SUCCESS,
        AuditEvent.Outcome.SUCCESS,
        UUID.fromString("0195513a-7a00-7000-8000-000000000001"),
        username,
        "192.0.2.1",
        "curl/8",
        null,
        details);
  }
}

package io.taskauth.server.task.middleware;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.server.task.Task;
import io.taskauth.session.ClientInfo;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Puts on record when an attempt begins, and how it ends. Of what runs by itself only failures: the
 * rest is thousands a day, and would push everything else out of the record.
 */
final class Auditing implements Middleware {
  private final AuditTrail audit;

  Auditing(AuditTrail audit) {
    this.audit = audit;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public Outcome around(Attempt attempt, Next next) {
    boolean asked = !attempt.by().equals(Task.BY_ITSELF);
    if (asked) {
      record(AuditType.TASK_STARTED, attempt);
    }
    Outcome outcome = next.run(attempt);
    if (outcome instanceof Outcome.Succeeded && asked) {
      record(AuditType.TASK_SUCCEEDED, attempt);
    } else if (outcome instanceof Outcome.Failed) {
      record(AuditType.TASK_FAILED, attempt);
    }
    // Who asked for an end is on record from when they did.
    return outcome;
  }

  private void record(AuditType type, Attempt attempt) {
    Map<String, String> details = new TreeMap<>();
    details.put("task", attempt.task());
    details.put("run", attempt.run().toString());
    details.put("attempt", String.valueOf(attempt.number()));
    JsonNode arguments = attempt.arguments();
    if (arguments != null) {
      details.put("arguments", arguments.toString());
    }
    audit.of(type, attempt.by(), ClientInfo.LOCAL, details);
  }
}

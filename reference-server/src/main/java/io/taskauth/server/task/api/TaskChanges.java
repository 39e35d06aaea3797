package io.taskauth.server.task.api;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.OverrideOutcome;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.servlet.TaskAuthPrincipal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import tools.jackson.databind.JsonNode;

/** What people change about tasks and runs, whichever way they ask, and puts it on record. */
public final class TaskChanges {
  private final TaskRunner runner;
  private final AuditTrail audit;

  public TaskChanges(TaskRunner runner, AuditTrail audit) {
    this.runner = runner;
    this.audit = audit;
  }

  /**
   * @throws io.taskauth.server.task.settings.BadOverrideException where it makes no sense
   */
  public OverrideOutcome patch(
      TaskAuthPrincipal by, Subject subject, JsonNode patch, LongPredicate expected) {
    return recorded(by, runner.overrides().patch(subject, patch, expected));
  }

  public OverrideOutcome clear(TaskAuthPrincipal by, Subject subject, LongPredicate expected) {
    return recorded(by, runner.overrides().clear(subject, expected));
  }

  private OverrideOutcome recorded(TaskAuthPrincipal by, OverrideOutcome outcome) {
    if (outcome instanceof OverrideOutcome.Changed changed && !changed.changes().isEmpty()) {
      Subject subject = changed.now().subject();
      Map<String, String> details = new HashMap<>(changed.changes());
      details.put(subject.kind().code(), subject.name());
      record(by, AuditType.SETTING_CHANGED, details);
    }
    return outcome;
  }

  /**
   * Switches a middleware on or off.
   *
   * @return whether it was otherwise before; empty where too many others changed it meanwhile
   */
  public Optional<Boolean> switchMiddleware(
      TaskAuthPrincipal by, String task, String name, boolean enabled) {
    Optional<Boolean> changed = runner.middlewares().set(task, name, enabled);
    if (changed.orElse(false)) {
      recordSwitch(by, task, name, enabled ? "on" : "off");
    }
    return changed;
  }

  /** Switches all of them on again; likewise. */
  public Optional<Boolean> enableAll(TaskAuthPrincipal by, String task) {
    Optional<Boolean> changed = runner.middlewares().enableAll(task);
    if (changed.orElse(false)) {
      recordSwitch(by, task, "all", "on");
    }
    return changed;
  }

  private void recordSwitch(TaskAuthPrincipal by, String task, String name, String state) {
    record(
        by, AuditType.SETTING_CHANGED, Map.of("task", task, "middleware", name, "switched", state));
  }

  /**
   * Asks a run to end.
   *
   * @return the run as it is now; empty where there is none, or it had ended before
   */
  public Optional<Run> cancel(TaskAuthPrincipal by, UUID id) {
    boolean goesOn = runner.runs().find(id).filter(run -> !run.status().isFinished()).isPresent();
    Optional<Run> now = goesOn ? runner.cancel(id) : Optional.empty();
    now.ifPresent(
        run ->
            record(
                by,
                AuditType.TASK_CANCELLED,
                Map.of("task", run.task(), "run", run.id().toString())));
    return now;
  }

  private void record(TaskAuthPrincipal by, AuditType type, Map<String, String> details) {
    by.user()
        .ifPresentOrElse(
            user -> audit.of(type, user, by.client(), details),
            () -> audit.of(type, by.getName(), by.client(), details));
  }
}

package io.taskauth.server.task.api;

import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.BadOverrideException;
import io.taskauth.server.task.settings.Overridden;
import io.taskauth.server.task.settings.OverrideOutcome;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.ApiRoutes.Handler;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Refusal;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code …/override}: how a task or a queue is set, and setting it otherwise. */
final class OverrideHandlers {
  private static final int MAX_BODY = 16 * 1024;
  private static final List<String> TYPES =
      List.of("application/json", "application/merge-patch+json");

  private final TaskRunner runner;
  private final TaskChanges changes;

  OverrideHandlers(TaskRunner runner, TaskChanges changes) {
    this.runner = runner;
    this.changes = changes;
  }

  Handler show(Subject.Kind kind) {
    return call -> answer(call, runner.overrides().read(Named.subject(call, runner, kind)));
  }

  Handler patch(Subject.Kind kind) {
    return call -> {
      Subject subject = Named.subject(call, runner, kind);
      JsonNode patch =
          call.body(MAX_BODY, TYPES)
              .orElseThrow(() -> Refusal.badRequest("The body must be a JSON object."));
      try {
        done(call, changes.patch(call.principal(), subject, patch, Versions.expected(call)));
      } catch (BadOverrideException e) {
        throw Refusal.badRequest(String.valueOf(e.getMessage()));
      }
    };
  }

  Handler clear(Subject.Kind kind) {
    return call -> {
      Subject subject = Named.subject(call, runner, kind);
      done(call, changes.clear(call.principal(), subject, Versions.expected(call)));
    };
  }

  private void done(Call call, OverrideOutcome outcome) throws IOException {
    if (outcome instanceof OverrideOutcome.Conflict conflict) {
      throw Refusal.conflict(
          "Somebody else has changed this meanwhile.", conflict.current().json());
    }
    answer(call, ((OverrideOutcome.Changed) outcome).now());
  }

  private static void answer(Call call, Overridden overridden) throws IOException {
    call.answerHeader("ETag", Versions.tag(overridden.version()));
    call.json(200, overridden.json());
  }
}

package io.taskauth.server.task.api;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.run.StartOutcome;
import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Overridden;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tasks there are, and starting them. */
final class TaskHandlers {
  /** A list of users to import is long. */
  private static final int MAX_BODY = 1024 * 1024;

  private final TaskRunner runner;
  private final TaskDesk desk;

  TaskHandlers(TaskRunner runner, TaskDesk desk) {
    this.runner = runner;
    this.desk = desk;
  }

  void list(Call call) throws IOException {
    call.json(200, runner.catalog().all().stream().map(task -> json(call, task)).toList());
  }

  void show(Call call) throws IOException {
    call.json(200, json(call, Named.task(call, runner)));
  }

  private Map<String, @Nullable Object> json(Call call, Task task) {
    Overridden set = runner.overrides().current(Subject.task(task.name()));
    Map<String, @Nullable Object> json = Json.object();
    json.put("name", task.name());
    json.put("queue", task.queue());
    json.put("description", task.description());
    json.put("schedule", task.every().map(every -> schedule(task, every)).orElse(null));
    json.put("startable", desk.mayStart(call.principal(), task));
    json.put("defaults", set.defaults());
    json.put("override", set.override());
    json.put("effective", set.effective());
    json.put("paused", set.effective().get("paused"));
    return json;
  }

  private Map<String, @Nullable Object> schedule(Task task, Duration every) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("every", every.toString());
    json.put("next_at", Json.instant(runner.nextTick(task).orElse(null)));
    return json;
  }

  void start(Call call) throws IOException {
    StartOutcome outcome = desk.start(call.principal(), call.segments().get(0), arguments(call));
    if (outcome instanceof StartOutcome.Started started) {
      Map<String, @Nullable Object> body = Json.object();
      body.put("run_id", started.run().toString());
      call.answerHeader("Location", "/api/runs/" + started.run());
      call.json(202, body);
    } else {
      throw refusal(outcome);
    }
  }

  private static Refusal refusal(StartOutcome outcome) {
    if (outcome instanceof StartOutcome.Forbidden forbidden) {
      return Refusal.forbidden(forbidden.sentence());
    }
    if (outcome instanceof StartOutcome.BadArguments bad) {
      return Refusal.badRequest(bad.sentence());
    }
    if (outcome instanceof StartOutcome.Draining) {
      return Refusal.draining();
    }
    return outcome instanceof StartOutcome.Busy
        ? Refusal.overloaded("Too many runs wait already.")
        : Refusal.notFound();
  }

  private static Arguments arguments(Call call) throws IOException {
    try {
      JsonNode body = call.body(MAX_BODY, List.of("application/json")).orElse(null);
      if (body != null && !List.of("args").containsAll(body.propertyNames())) {
        throw Refusal.badRequest("Use only: args.");
      }
      return Arguments.of(body == null ? null : body.get("args"));
    } catch (BadArgumentsException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}

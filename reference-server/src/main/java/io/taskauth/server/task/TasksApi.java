package io.taskauth.server.task;

import io.taskauth.server.web.ApiServlet;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/tasks}: what there is, and starting it. The filter asks for the role. */
public final class TasksApi extends ApiServlet {
  private static final long serialVersionUID = 1;

  private final transient TaskRunner runner;

  public TasksApi(TaskRunner runner) {
    this.runner = runner;
  }

  @Override
  protected void answer(Call call) throws IOException {
    List<String> path = call.segments();
    if (path.isEmpty()) {
      call.allow("GET");
      list(call);
    } else if (path.size() == 2 && path.get(1).equals("run")) {
      call.allow("POST");
      start(call, path.get(0));
    } else {
      throw Refusal.notFound();
    }
  }

  private void list(Call call) throws IOException {
    Map<String, @Nullable Object> body = Json.object();
    body.put("items", runner.tasks().stream().map(RunJson::of).toList());
    body.put("next_cursor", null);
    body.put("draining", runner.isDraining());
    call.json(200, body);
  }

  private void start(Call call, String name) throws IOException {
    StartOutcome outcome = runner.start(name, arguments(call), call.principal().getName());
    if (outcome instanceof StartOutcome.Started started) {
      Map<String, @Nullable Object> body = Json.object();
      body.put("run_id", started.run().id().toString());
      call.json(202, body);
    } else if (outcome instanceof StartOutcome.BadArguments bad) {
      throw Refusal.badRequest(bad.sentence());
    } else if (outcome instanceof StartOutcome.Draining) {
      throw Refusal.draining();
    } else if (outcome instanceof StartOutcome.Busy) {
      throw Refusal.overloaded("Too many runs wait already.");
    } else {
      throw Refusal.notFound();
    }
  }

  private static Arguments arguments(Call call) throws IOException {
    try {
      JsonNode body = call.body().orElse(null);
      if (body != null && !List.of("args").containsAll(body.propertyNames())) {
        throw Refusal.badRequest("Use only: args.");
      }
      return Arguments.of(body == null ? null : body.get("args"));
    } catch (BadArgumentsException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}

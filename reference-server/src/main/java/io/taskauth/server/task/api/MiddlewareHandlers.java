package io.taskauth.server.task.api;

import io.taskauth.server.task.Task;
import io.taskauth.server.task.middleware.Middleware;
import io.taskauth.server.task.middleware.Middlewares;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/tasks/{name}/middleware}: what stands around one task's attempts. */
final class MiddlewareHandlers {
  private final TaskRunner runner;
  private final Middlewares middlewares;
  private final TaskChanges changes;

  MiddlewareHandlers(TaskRunner runner, TaskChanges changes) {
    this.runner = runner;
    this.middlewares = runner.middlewares();
    this.changes = changes;
  }

  void list(Call call) throws IOException {
    answer(call, Named.task(call, runner));
  }

  void set(Call call) throws IOException {
    Task task = Named.task(call, runner);
    String name = call.segments().get(2);
    if (!middlewares.exists(name)) {
      throw Refusal.notFound();
    }
    boolean unused =
        changes
            .switchMiddleware(call.principal(), task.name(), name, enabled(call))
            .orElseThrow(MiddlewareHandlers::conflict);
    answer(call, task);
  }

  private static boolean enabled(Call call) throws IOException {
    JsonNode body = call.body().orElse(null);
    if (body == null || body.size() != 1 || !body.path("enabled").isBoolean()) {
      throw Refusal.badRequest("The body must be {\"enabled\": true} or {\"enabled\": false}.");
    }
    return body.path("enabled").booleanValue();
  }

  void enableAll(Call call) throws IOException {
    Task task = Named.task(call, runner);
    boolean unused =
        changes.enableAll(call.principal(), task.name()).orElseThrow(MiddlewareHandlers::conflict);
    answer(call, task);
  }

  private static Refusal conflict() {
    return Refusal.conflict("Too many others change this at the moment.");
  }

  private void answer(Call call, Task task) throws IOException {
    Set<String> disabled = middlewares.readDisabled(task.name());
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    int order = 0;
    for (Middleware middleware : middlewares.all()) {
      boolean enabled = !disabled.contains(middleware.name());
      Map<String, @Nullable Object> json = Json.object();
      json.put("name", middleware.name());
      json.put("enabled", enabled);
      // The place in the chain, 1 for the outermost, of those that are in it.
      json.put("order", enabled ? ++order : null);
      items.add(json);
    }
    call.json(200, items);
  }
}

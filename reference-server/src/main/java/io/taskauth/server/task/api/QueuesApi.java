package io.taskauth.server.task.api;

import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Overridden;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.ApiRoutes;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.RoutedServlet;
import io.taskauth.work.Lane;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/queues}: what tasks wait in, how much does, and how they are set together. */
final class QueuesApi extends RoutedServlet {
  private static final long serialVersionUID = 1;

  QueuesApi(TaskRunner runner, OverrideHandlers overrides) {
    super(
        "/api/queues",
        new ApiRoutes()
            .on("GET", "", call -> list(call, runner))
            .on("GET", "/{name}/override", overrides.show(Subject.Kind.QUEUE))
            .on("PUT", "/{name}/override", overrides.patch(Subject.Kind.QUEUE))
            .on("DELETE", "/{name}/override", overrides.clear(Subject.Kind.QUEUE)));
  }

  private static void list(Call call, TaskRunner runner) throws IOException {
    List<Lane> lanes = runner.runs().lanes();
    call.json(
        200, runner.catalog().queues().stream().map(name -> json(name, runner, lanes)).toList());
  }

  private static Map<String, @Nullable Object> json(
      String name, TaskRunner runner, List<Lane> lanes) {
    Set<String> tasks = runner.catalog().inQueue(name);
    List<Lane> own = lanes.stream().filter(lane -> tasks.contains(lane.name())).toList();
    Overridden set = runner.overrides().current(Subject.queue(name));
    Map<String, @Nullable Object> json = Json.object();
    json.put("name", name);
    json.put("tasks", tasks.stream().sorted().toList());
    json.put("waiting", own.stream().mapToLong(Lane::waiting).sum());
    json.put("running", own.stream().mapToLong(Lane::running).sum());
    json.put("defaults", set.defaults());
    json.put("override", set.override());
    json.put("effective", set.effective());
    json.put("paused", set.effective().get("paused"));
    return json;
  }
}

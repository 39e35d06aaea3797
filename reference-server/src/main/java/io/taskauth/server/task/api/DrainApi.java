package io.taskauth.server.task.api;

import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.ApiRoutes;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.RoutedServlet;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/drain}: how whatever deploys this server empties it first. */
final class DrainApi extends RoutedServlet {
  private static final long serialVersionUID = 1;

  DrainApi(TaskRunner runner) {
    super(
        "/api/drain",
        new ApiRoutes()
            .on("GET", "", call -> state(call, 200, runner))
            .on(
                "POST",
                "",
                call -> {
                  runner.drain();
                  state(call, 202, runner);
                })
            .on(
                "DELETE",
                "",
                call -> {
                  runner.cancelDrain();
                  state(call, 200, runner);
                }));
  }

  private static void state(Call call, int status, TaskRunner runner) throws IOException {
    Map<String, @Nullable Object> body = Json.object();
    body.put("draining", runner.isDraining());
    body.put("in_flight", runner.inFlight());
    call.json(status, body);
  }
}

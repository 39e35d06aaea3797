package io.taskauth.server.task.api;

import io.taskauth.server.task.Task;
import io.taskauth.server.task.middleware.RunTimes;
import io.taskauth.server.task.run.RunEvent.Kind;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.ApiRoutes;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.RoutedServlet;
import io.taskauth.work.Lane;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/metrics}: how much waits and runs on all nodes together, and what came of runs on
 * this one since it started.
 */
final class MetricsApi extends RoutedServlet {
  private static final long serialVersionUID = 1;
  private static final double NANOS = 1e9;

  private static final List<Kind> KINDS =
      List.of(Kind.SUCCEEDED, Kind.FAILED, Kind.CANCELLED, Kind.RETRIED);

  MetricsApi(TaskRunner runner) {
    super("/api/metrics", new ApiRoutes().on("GET", "", call -> show(call, runner)));
  }

  private static void show(Call call, TaskRunner runner) throws IOException {
    List<Lane> lanes = runner.runs().lanes();
    Map<String, @Nullable Object> body = Json.object();
    body.put("draining", runner.isDraining());
    body.put("in_flight", runner.inFlight());
    body.put(
        "tasks",
        runner.catalog().all().stream()
            .map(Task::name)
            .map(name -> task(name, runner, lanes))
            .toList());
    body.put(
        "queues",
        runner.catalog().queues().stream()
            .map(name -> numbers(name, runner.catalog().inQueue(name), runner, lanes))
            .toList());
    call.json(200, body);
  }

  private static Map<String, @Nullable Object> task(
      String name, TaskRunner runner, List<Lane> lanes) {
    RunTimes.Times times = runner.times().of(name);
    Map<String, @Nullable Object> json = numbers(name, Set.of(name), runner, lanes);
    json.put("attempts_timed", times.count());
    json.put("seconds_total", times.nanos() / NANOS);
    json.put("seconds_longest", times.longestNanos() / NANOS);
    return json;
  }

  private static Map<String, @Nullable Object> numbers(
      String name, Collection<String> tasks, TaskRunner runner, List<Lane> lanes) {
    List<Lane> own = lanes.stream().filter(lane -> tasks.contains(lane.name())).toList();
    Map<String, @Nullable Object> json = Json.object();
    json.put("name", name);
    json.put("waiting", own.stream().mapToLong(Lane::waiting).sum());
    json.put("running", own.stream().mapToLong(Lane::running).sum());
    for (Kind kind : KINDS) {
      json.put(
          kind.code().substring("task.".length()),
          tasks.stream().mapToLong(task -> runner.counts().of(task, kind)).sum());
    }
    return json;
  }
}

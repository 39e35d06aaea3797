package io.taskauth.server.task;

import io.taskauth.server.web.Administrators;
import io.taskauth.server.web.ApiServlet;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/runs}: what ran and runs, what came of it, and ending it. */
public final class RunsApi extends ApiServlet {
  private static final long serialVersionUID = 1;

  private final transient TaskRunner runner;
  private final transient Administrators administrators;

  /**
   * @param administrators who may read what is confidential
   */
  public RunsApi(TaskRunner runner, Administrators administrators) {
    this.runner = runner;
    this.administrators = administrators;
  }

  @Override
  protected void answer(Call call) throws IOException {
    List<String> path = call.segments();
    if (path.isEmpty()) {
      call.allow("GET");
      list(call);
    } else if (path.size() == 1) {
      call.allow("GET");
      show(call, runner.find(id(path.get(0))));
    } else if (path.size() == 2 && path.get(1).equals("cancel")) {
      call.allow("POST");
      cancel(call, id(path.get(0)));
    } else {
      throw Refusal.notFound();
    }
  }

  private void list(Call call) throws IOException {
    int limit = (int) call.number("limit", 50, 1, TaskRunner.KEPT);
    RunFilter filter =
        new RunFilter(
            call.parameter("task").orElse(null),
            call.parameter("status").map(RunsApi::status).orElse(null),
            call.number("cursor", Long.MAX_VALUE, 0, Long.MAX_VALUE));
    // One more than wanted says whether there is a next page.
    List<Run> found = runner.newest(filter, limit + 1);
    List<Run> page = found.subList(0, Math.min(limit, found.size()));
    boolean last = found.size() == page.size();
    Map<String, @Nullable Object> body = Json.object();
    body.put("items", page.stream().map(RunJson::of).toList());
    body.put("next_cursor", last ? null : String.valueOf(page.get(page.size() - 1).number()));
    call.json(200, body);
  }

  private void cancel(Call call, UUID id) throws IOException {
    Optional<Run> before = runner.find(id);
    if (before.filter(run -> run.status().isFinished()).isPresent()) {
      throw Refusal.conflict("This run is finished.");
    }
    show(call, runner.cancel(id));
  }

  private void show(Call call, Optional<Run> found) throws IOException {
    Run run = found.orElseThrow(Refusal::notFound);
    boolean confidential = runner.task(run.task()).map(Task::isConfidential).orElse(true);
    boolean mayRead = !confidential || administrators.include(call.principal());
    call.json(200, RunJson.withResult(run, mayRead));
  }

  private static RunStatus status(String code) {
    return RunStatus.ofCode(code)
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "'status' must be queued, running, succeeded, failed or cancelled."));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound();
    }
  }
}

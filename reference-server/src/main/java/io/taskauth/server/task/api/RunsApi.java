package io.taskauth.server.task.api;

import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.server.task.ResultKind;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.RunDetails;
import io.taskauth.server.task.run.RunFilter;
import io.taskauth.server.task.run.RunJson;
import io.taskauth.server.task.run.RunStatus;
import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.ApiRoutes;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import io.taskauth.server.web.RoutedServlet;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/runs}: what ran and runs, what came of it, and ending it. */
final class RunsApi extends RoutedServlet {
  private static final long serialVersionUID = 1;
  private static final int PAGE = 50;

  RunsApi(TaskRunner runner, TaskDesk desk, TaskChanges changes) {
    this(new Handlers(runner, desk, changes));
  }

  private RunsApi(Handlers handlers) {
    super(
        "/api/runs",
        new ApiRoutes()
            .on("GET", "", handlers::list)
            .on("GET", "/{id}", handlers::show)
            .on("POST", "/{id}/cancel", handlers::cancel)
            .on("GET", "/{id}/result", handlers::result));
  }

  private record Handlers(TaskRunner runner, TaskDesk desk, TaskChanges changes) {
    void list(Call call) throws IOException {
      int limit = (int) call.number("limit", PAGE, 1, PageRequest.MAX_LIMIT);
      RunFilter filter =
          new RunFilter(
              call.parameter("task").orElse(null),
              call.parameter("status").map(RunsApi::status).orElse(null));
      PageRequest wanted = new PageRequest(limit, call.parameter("cursor").orElse(null));
      Page<Run> page;
      try {
        page = runner.runs().newest(filter, wanted);
      } catch (BadCursorException e) {
        throw Refusal.badRequest("'cursor' must be the next_cursor of the page before.");
      }
      Map<String, @Nullable Object> body = Json.object();
      body.put("items", page.items().stream().map(RunJson::of).toList());
      body.put("next_cursor", page.nextCursor());
      call.json(200, body);
    }

    void show(Call call) throws IOException {
      answer(call, named(call));
    }

    void cancel(Call call) throws IOException {
      Run now =
          changes
              .cancel(call.principal(), named(call).run().id())
              .orElseThrow(() -> Refusal.conflict("This run is finished."));
      answer(call, runner.runs().details(now.id()).orElseThrow(Refusal::notFound));
    }

    void result(Call call) throws IOException {
      RunDetails details = named(call);
      if (!desk.mayRead(call.principal(), details.run())) {
        throw Refusal.forbidden("This result is for administrators.");
      }
      String result = details.result();
      if (result == null) {
        throw Refusal.notFound();
      }
      Run run = details.run();
      ResultKind kind =
          runner.catalog().find(run.task()).map(Task::resultKind).orElse(ResultKind.TEXT);
      call.file(kind.type(), fileName(run, kind), result);
    }

    private void answer(Call call, RunDetails details) throws IOException {
      boolean mayRead = desk.mayRead(call.principal(), details.run());
      call.json(200, RunJson.of(details, mayRead));
    }

    private RunDetails named(Call call) {
      return runner.runs().details(id(call)).orElseThrow(Refusal::notFound);
    }
  }

  /** Letters and digits only: a name goes through a header and onto somebody's disk. */
  private static String fileName(Run run, ResultKind kind) {
    String task = run.task().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    String start = task.isEmpty() ? "run" : task.substring(0, Math.min(60, task.length()));
    return start + "-" + run.id() + "." + kind.ending();
  }

  private static RunStatus status(String code) {
    return RunStatus.ofCode(code)
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "'status' must be queued, running, succeeded, failed or cancelled."));
  }

  private static UUID id(Call call) {
    String text = call.segments().get(0);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound();
    }
  }
}

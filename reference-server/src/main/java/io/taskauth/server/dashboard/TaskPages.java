package io.taskauth.server.dashboard;

import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.server.jte.JtequeueGenerated;
import io.taskauth.server.jte.JterunGenerated;
import io.taskauth.server.jte.JterunsGenerated;
import io.taskauth.server.jte.JtetaskGenerated;
import io.taskauth.server.page.PageEndpoint;
import io.taskauth.server.page.PageServlet;
import io.taskauth.server.page.Pages;
import io.taskauth.server.page.Visit;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.api.TaskChanges;
import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.RunDetails;
import io.taskauth.server.task.run.RunFilter;
import io.taskauth.server.task.run.RunStatus;
import io.taskauth.server.task.run.StartOutcome;
import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.BadOverrideException;
import io.taskauth.server.task.settings.OverrideOutcome;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.Refusal;
import io.taskauth.server.web.Route;
import io.taskauth.server.web.Routes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The pages of tasks, queues and runs, and what their forms send. */
public final class TaskPages extends PageServlet {
  private static final long serialVersionUID = 1;
  private static final String STYLE = "dashboard.css";
  private static final int RUNS_OF_A_TASK = 10;
  private static final int RUNS_OF_A_PAGE = 50;

  private final transient TaskRunner runner;
  private final transient TaskDesk desk;
  private final transient TaskChanges changes;
  private final transient Routes<PageEndpoint> routes =
      new Routes<>(
          List.of(
              new Route<>("GET", "/tasks/{name}", visit -> task(visit, 200, null, null)),
              new Route<>("POST", "/tasks/{name}/run", this::start),
              new Route<>("POST", "/tasks/{name}/settings", this::setTask),
              new Route<>("POST", "/tasks/{name}/middleware", this::switchMiddleware),
              new Route<>("GET", "/queues/{name}", visit -> queue(visit, 200, null, null)),
              new Route<>("POST", "/queues/{name}/settings", this::setQueue),
              new Route<>("GET", "/runs", this::runs),
              new Route<>("GET", "/runs/{id}", this::run),
              new Route<>("POST", "/runs/{id}/cancel", this::cancel)));

  public TaskPages(Pages pages, TaskRunner runner, TaskDesk desk, TaskChanges changes) {
    super(pages);
    this.runner = runner;
    this.desk = desk;
    this.changes = changes;
  }

  @Override
  protected Routes<PageEndpoint> routes() {
    return routes;
  }

  // ---- A task ----

  private void task(
      Visit visit, int status, @Nullable String error, @Nullable Map<String, String> typed)
      throws IOException {
    Task task = namedTask(visit);
    boolean operator = desk.mayOperate(visit.principal());
    TaskView view =
        TaskView.of(
            task,
            runner,
            operator,
            desk.mayStart(visit.principal(), task),
            visit.text("order").equals("innermost"),
            newest(new RunFilter(task.name(), null), RUNS_OF_A_TASK),
            error,
            typed);
    visit.show(
        status, out -> JtetaskGenerated.render(out, null, visit.frame(task.name(), STYLE), view));
  }

  private List<RunRow> newest(RunFilter filter, int limit) {
    return runner.runs().newest(filter, PageRequest.first(limit)).items().stream()
        .map(RunRow::of)
        .toList();
  }

  private Task namedTask(Visit visit) {
    return runner.catalog().find(visit.parameter(0)).orElseThrow(Refusal::notFound);
  }

  private void start(Visit visit) throws IOException {
    Task task = namedTask(visit);
    StartOutcome outcome;
    try {
      outcome =
          desk.start(
              visit.principal(), task.name(), Arguments.of(ArgumentForm.read(task.form(), visit)));
    } catch (BadArgumentsException e) {
      outcome = new StartOutcome.BadArguments(String.valueOf(e.getMessage()));
    }
    if (outcome instanceof StartOutcome.Started started) {
      visit.seeOther("/runs/" + started.run());
    } else if (outcome instanceof StartOutcome.BadArguments bad) {
      task(visit, 400, bad.sentence(), null);
    } else if (outcome instanceof StartOutcome.Forbidden forbidden) {
      throw Refusal.forbidden(forbidden.sentence());
    } else {
      task(
          visit,
          503,
          outcome instanceof StartOutcome.Draining
              ? "This server is about to stop and takes no new runs."
              : "Too many runs wait already.",
          null);
    }
  }

  private void setTask(Visit visit) throws IOException {
    Task task = namedTask(visit);
    Problem problem = set(visit, Subject.task(task.name()));
    if (problem == null) {
      visit.seeOther(Links.task(task.name()));
    } else {
      task(visit, problem.status(), problem.sentence(), problem.typed());
    }
  }

  private void switchMiddleware(Visit visit) throws IOException {
    Task task = namedTask(visit);
    demandOperator(visit);
    String name = visit.text("middleware");
    if (name.isEmpty()) {
      Optional<Boolean> unused = changes.enableAll(visit.principal(), task.name());
    } else if (runner.middlewares().exists(name)) {
      Optional<Boolean> unused =
          changes.switchMiddleware(
              visit.principal(), task.name(), name, visit.text("enabled").equals("true"));
    } else {
      throw Refusal.notFound();
    }
    visit.seeOther(Links.task(task.name()) + "#middleware");
  }

  // ---- A queue ----

  private void queue(
      Visit visit, int status, @Nullable String error, @Nullable Map<String, String> typed)
      throws IOException {
    String name = namedQueue(visit);
    QueueView view = QueueView.of(name, runner, desk.mayOperate(visit.principal()), error, typed);
    visit.show(
        status,
        out -> JtequeueGenerated.render(out, null, visit.frame("Queue " + name, STYLE), view));
  }

  private String namedQueue(Visit visit) {
    String name = visit.parameter(0);
    if (!runner.catalog().queues().contains(name)) {
      throw Refusal.notFound();
    }
    return name;
  }

  private void setQueue(Visit visit) throws IOException {
    String name = namedQueue(visit);
    Problem problem = set(visit, Subject.queue(name));
    if (problem == null) {
      visit.seeOther(Links.queue(name));
    } else {
      queue(visit, problem.status(), problem.sentence(), problem.typed());
    }
  }

  // ---- How a task or queue is run ----

  /**
   * Why a form was not accepted.
   *
   * @param typed what it held, to be shown once more; null where that is no longer to the point
   */
  private record Problem(int status, String sentence, @Nullable Map<String, String> typed) {}

  /** Null where it is done. */
  private @Nullable Problem set(Visit visit, Subject subject) {
    demandOperator(visit);
    String seen = visit.text("version");
    LongPredicate expected = version -> String.valueOf(version).equals(seen);
    OverrideOutcome outcome;
    try {
      outcome =
          switch (visit.text("action")) {
            case "pause" ->
                changes.patch(
                    visit.principal(), subject, SettingForm.paused(true), version -> true);
            // A queue or task may be paused by what it says itself; then false has to be said.
            case "resume" ->
                changes.patch(
                    visit.principal(), subject, SettingForm.paused(false), version -> true);
            case "clear" -> changes.clear(visit.principal(), subject, expected);
            default ->
                changes.patch(visit.principal(), subject, SettingForm.patch(visit), expected);
          };
    } catch (BadOverrideException e) {
      return new Problem(400, String.valueOf(e.getMessage()), SettingForm.typed(visit));
    }
    return outcome instanceof OverrideOutcome.Conflict
        ? new Problem(
            409,
            "Somebody else has changed this meanwhile. Below is what holds now; nothing of yours"
                + " was saved.",
            null)
        : null;
  }

  private void demandOperator(Visit visit) {
    if (!desk.mayOperate(visit.principal())) {
      throw Refusal.forbidden("This takes the role of an operator.");
    }
  }

  // ---- Runs ----

  private void runs(Visit visit) throws IOException {
    String task = visit.text("task");
    String status = visit.text("status");
    RunFilter filter =
        new RunFilter(task.isEmpty() ? null : task, RunStatus.ofCode(status).orElse(null));
    String cursor = visit.text("cursor");
    Page<Run> page;
    try {
      page =
          runner
              .runs()
              .newest(filter, new PageRequest(RUNS_OF_A_PAGE, cursor.isEmpty() ? null : cursor));
    } catch (BadCursorException e) {
      throw Refusal.notFound();
    }
    RunsView view =
        RunsView.of(
            runner.catalog(), filter, page.map(RunRow::of), desk.mayOperate(visit.principal()));
    visit.show(200, out -> JterunsGenerated.render(out, null, visit.frame("Runs", STYLE), view));
  }

  private void run(Visit visit) throws IOException {
    RunDetails details = runner.runs().details(runId(visit)).orElseThrow(Refusal::notFound);
    RunView view =
        RunView.of(
            details,
            desk.mayRead(visit.principal(), details.run()),
            desk.mayOperate(visit.principal()));
    visit.show(
        200,
        out ->
            JterunGenerated.render(
                out, null, visit.frame("Run of " + details.run().task(), STYLE), view));
  }

  private void cancel(Visit visit) throws IOException {
    demandOperator(visit);
    UUID id = runId(visit);
    // One that has ended meanwhile shows as ended, and that is all there is to say.
    Optional<Run> unused = changes.cancel(visit.principal(), id);
    visit.seeOther("/runs/" + id);
  }

  private static UUID runId(Visit visit) {
    try {
      return UUID.fromString(visit.parameter(0));
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound();
    }
  }
}

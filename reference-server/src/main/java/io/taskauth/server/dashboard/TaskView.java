package io.taskauth.server.dashboard;

import io.taskauth.server.task.Argument;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.middleware.Middleware;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Overridden;
import io.taskauth.server.task.settings.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a task shows.
 *
 * @param schedule how often it runs by itself, or nothing
 * @param next when it next does
 * @param startable whether this person may start it
 * @param innermostFirst the order of the middlewares
 * @param error what was wrong with a form
 */
public record TaskView(
    String name,
    String description,
    String queue,
    String schedule,
    Moment next,
    boolean paused,
    boolean queuePaused,
    boolean operator,
    boolean startable,
    List<Argument> form,
    SettingsView settings,
    List<Link> middlewares,
    boolean innermostFirst,
    List<RunRow> runs,
    @Nullable String error) {
  /** A middleware of the task. */
  public record Link(String name, String className, boolean enabled) {}

  static TaskView of(
      Task task,
      TaskRunner runner,
      boolean operator,
      boolean startable,
      boolean innermostFirst,
      List<RunRow> runs,
      @Nullable String error,
      @Nullable Map<String, String> typed) {
    Overridden set = runner.overrides().read(Subject.task(task.name()));
    return new TaskView(
        task.name(),
        task.description(),
        task.queue(),
        task.every().map(Durations::words).orElse(""),
        runner.nextTick(task).map(Moment::of).orElse(Moment.NONE),
        set.isPaused(),
        runner.overrides().read(Subject.queue(task.queue())).isPaused(),
        operator,
        startable,
        task.form(),
        SettingsView.of(set, Links.task(task.name()), operator, typed),
        middlewares(task, runner, innermostFirst),
        innermostFirst,
        runs,
        error);
  }

  private static List<Link> middlewares(Task task, TaskRunner runner, boolean innermostFirst) {
    Set<String> off = runner.middlewares().readDisabled(task.name());
    List<Link> links = new ArrayList<>();
    for (Middleware middleware : runner.middlewares().all()) {
      links.add(
          new Link(
              middleware.name(),
              middleware.getClass().getSimpleName(),
              !off.contains(middleware.name())));
    }
    if (innermostFirst) {
      Collections.reverse(links);
    }
    return links;
  }
}

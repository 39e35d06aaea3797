package io.taskauth.server.dashboard;

import io.taskauth.server.task.Argument.Kind;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.work.Lane;
import java.util.List;

/**
 * A task in a list of tasks.
 *
 * @param schedule how often it runs by itself, or nothing
 * @param plain whether it can be started with nothing filled in
 */
public record TaskRow(
    String name,
    String description,
    String queue,
    String schedule,
    long waiting,
    long running,
    boolean paused,
    boolean plain) {
  static List<TaskRow> all(TaskRunner runner, List<Lane> lanes) {
    return runner.catalog().all().stream().map(task -> of(task, runner, lanes)).toList();
  }

  private static TaskRow of(Task task, TaskRunner runner, List<Lane> lanes) {
    Lane lane =
        lanes.stream()
            .filter(one -> one.name().equals(task.name()))
            .findFirst()
            .orElseGet(() -> new Lane(task.name(), 0, 0, null));
    return new TaskRow(
        task.name(),
        task.description(),
        task.queue(),
        task.every().map(Durations::words).orElse(""),
        lane.waiting(),
        lane.running(),
        runner.overrides().current(Subject.task(task.name())).isPaused(),
        task.form().stream().noneMatch(argument -> argument.kind() == Kind.LONG_TEXT));
  }
}

package io.taskauth.server.dashboard;

import io.taskauth.page.Page;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.server.task.run.RunFilter;
import io.taskauth.server.task.run.RunStatus;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the list of runs.
 *
 * @param task the chosen one, or nothing
 * @param status the chosen one, or nothing
 * @param next the address of the next page, or nothing
 */
public record RunsView(
    List<String> tasks,
    List<String> statuses,
    String task,
    String status,
    List<RunRow> runs,
    String next,
    boolean operator) {
  static RunsView of(TaskCatalog catalog, RunFilter filter, Page<RunRow> page, boolean operator) {
    String task = filter.task() == null ? "" : filter.task();
    String status = filter.status() == null ? "" : filter.status().code();
    String next =
        page.next()
            .map(cursor -> Links.runs(task, status) + "&cursor=" + Links.segment(cursor))
            .orElse("");
    return new RunsView(
        catalog.all().stream().map(Task::name).toList(),
        Stream.of(RunStatus.values()).map(RunStatus::code).toList(),
        task,
        status,
        page.items(),
        next,
        operator);
  }
}

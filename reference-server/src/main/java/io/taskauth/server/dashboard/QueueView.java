package io.taskauth.server.dashboard;

import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Overridden;
import io.taskauth.server.task.settings.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page of a queue shows. */
public record QueueView(
    QueueRow queue, List<TaskRow> tasks, SettingsView settings, @Nullable String error) {
  static QueueView of(
      String name,
      TaskRunner runner,
      boolean operator,
      @Nullable String error,
      @Nullable Map<String, String> typed) {
    Overridden set = runner.overrides().read(Subject.queue(name));
    return new QueueView(
        QueueRow.of(name, runner, runner.runs().lanes()),
        TaskRow.all(runner, runner.runs().lanes()).stream()
            .filter(task -> task.queue().equals(name))
            .toList(),
        SettingsView.of(set, Links.queue(name), operator, typed),
        error);
  }
}

package io.taskauth.server.dashboard;

import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.work.Lane;
import java.util.List;
import java.util.Set;

/** A queue in a list of queues. */
public record QueueRow(String name, int tasks, long waiting, long running, boolean paused) {
  static List<QueueRow> all(TaskRunner runner, List<Lane> lanes) {
    return runner.catalog().queues().stream().map(name -> of(name, runner, lanes)).toList();
  }

  static QueueRow of(String name, TaskRunner runner, List<Lane> lanes) {
    Set<String> tasks = runner.catalog().inQueue(name);
    List<Lane> own = lanes.stream().filter(lane -> tasks.contains(lane.name())).toList();
    return new QueueRow(
        name,
        tasks.size(),
        own.stream().mapToLong(Lane::waiting).sum(),
        own.stream().mapToLong(Lane::running).sum(),
        runner.overrides().current(Subject.queue(name)).isPaused());
  }
}

package io.taskauth.server.dashboard;

import io.taskauth.server.task.Task;

/** A task in the list of tasks. */
public record TaskRow(String name, String description) {
  static TaskRow of(Task task) {
    return new TaskRow(task.name(), task.description());
  }
}

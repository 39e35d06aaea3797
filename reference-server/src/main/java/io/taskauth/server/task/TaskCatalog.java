package io.taskauth.server.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tasks that there are, and what they wait in. Immutable. */
public final class TaskCatalog {
  private final Map<String, Task> tasks = new LinkedHashMap<>();

  public TaskCatalog(List<Task> tasks) {
    for (Task task : tasks) {
      if (this.tasks.put(task.name(), task) != null) {
        throw new IllegalArgumentException("two tasks are called " + task.name());
      }
    }
  }

  /** In the order in which they were given. */
  public List<Task> all() {
    return List.copyOf(tasks.values());
  }

  public Optional<Task> find(String name) {
    return Optional.ofNullable(tasks.get(name));
  }

  /** The names of the queues, in the order of their first tasks. */
  public List<String> queues() {
    return tasks.values().stream().map(Task::queue).distinct().toList();
  }

  /** The names of the tasks that wait in a queue. */
  public Set<String> inQueue(String queue) {
    return tasks.values().stream()
        .filter(task -> task.queue().equals(queue))
        .map(Task::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}

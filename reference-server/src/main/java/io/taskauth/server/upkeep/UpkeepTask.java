package io.taskauth.server.upkeep;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Progress;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that the server does for itself now and then. It takes no arguments, and is not tried
 * again: it comes again by itself.
 */
abstract class UpkeepTask implements Task {
  private final String name;
  private final String description;
  private final Duration every;

  UpkeepTask(String name, String description, Duration every) {
    this.name = name;
    this.description = description;
    this.every = every;
  }

  /** See {@link Task.Work}. */
  abstract String work(Progress progress) throws Exception;

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final String queue() {
    return "upkeep";
  }

  @Override
  public final TaskSettings defaults() {
    return TaskSettings.STANDARD.withRetries(0);
  }

  @Override
  public final Optional<Duration> every() {
    return Optional.of(every);
  }

  @Override
  public final Work prepare(Arguments arguments) {
    Arguments unused = arguments.only();
    return this::work;
  }
}

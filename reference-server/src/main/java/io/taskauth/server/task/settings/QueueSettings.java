package io.taskauth.server.task.settings;

import io.taskauth.server.task.Rate;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a queue are run together. Immutable.
 *
 * @param rateLimit how many runs may begin in a time, on all nodes together; null for no limit
 * @param maxConcurrent how many may run at once, on all nodes together; null for no limit
 * @param paused whether none is begun
 */
public record QueueSettings(
    @Nullable Rate rateLimit, @Nullable Integer maxConcurrent, boolean paused) {
  /** No limits. */
  public static final QueueSettings STANDARD = new QueueSettings(null, null, false);
}

package io.taskauth.server.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a task is run. Immutable.
 *
 * @param rateLimit how many runs may begin in a time, on all nodes together; null for no limit
 * @param maxConcurrent how many may run at once, on all nodes together; null for no limit of its
 *     own
 * @param maxRetries how often a run that failed is tried again
 * @param retryBackoff how long after the first failure; twice as long after each further one
 * @param timeout how long one attempt may take
 * @param priority of two tasks that could run, the one with the higher number does
 * @param paused whether none is begun
 */
public record TaskSettings(
    @Nullable Rate rateLimit,
    @Nullable Integer maxConcurrent,
    int maxRetries,
    Duration retryBackoff,
    Duration timeout,
    int priority,
    boolean paused) {
  /** One at a time, twice again after a failure, ten minutes. */
  public static final TaskSettings STANDARD =
      new TaskSettings(null, 1, 2, Duration.ofSeconds(2), Duration.ofMinutes(10), 0, false);

  /** These, with another time limit. */
  public TaskSettings withTimeout(Duration limit) {
    return new TaskSettings(
        rateLimit, maxConcurrent, maxRetries, retryBackoff, limit, priority, paused);
  }

  /** These, with another number of further attempts. */
  public TaskSettings withRetries(int retries) {
    return new TaskSettings(
        rateLimit, maxConcurrent, retries, retryBackoff, timeout, priority, paused);
  }
}

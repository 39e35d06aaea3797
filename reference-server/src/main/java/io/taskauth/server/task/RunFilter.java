package io.taskauth.server.task;

import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted; what is null does not matter.
 *
 * @param before only those with a lower number
 */
public record RunFilter(@Nullable String task, @Nullable RunStatus status, long before) {
  public static final RunFilter ALL = new RunFilter(null, null, Long.MAX_VALUE);

  boolean matches(Run run) {
    return (task == null || task.equals(run.task()))
        && (status == null || status == run.status())
        && run.number() < before;
  }
}

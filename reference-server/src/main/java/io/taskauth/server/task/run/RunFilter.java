package io.taskauth.server.task.run;

import io.taskauth.work.WorkFilter;
import org.jspecify.annotations.Nullable;

/** Which runs are wanted; what is null does not matter. */
public record RunFilter(@Nullable String task, @Nullable RunStatus status) {
  public static final RunFilter ALL = new RunFilter(null, null);

  WorkFilter inStore() {
    return new WorkFilter(TaskRunner.POOL, task, null, status == null ? null : status.inStore());
  }
}

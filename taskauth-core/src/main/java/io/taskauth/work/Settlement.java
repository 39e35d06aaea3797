package io.taskauth.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param status finished, or {@link WorkStatus#QUEUED} for one more attempt
 * @param at when the attempt ended
 * @param dueAt when the next attempt is due; {@code at} where there is none
 * @param note see {@link WorkItem}
 * @param output see {@link Work}; null leaves what was there
 */
public record Settlement(
    WorkStatus status, Instant at, Instant dueAt, @Nullable String note, @Nullable String output) {
  public Settlement {
    if (status == WorkStatus.RUNNING) {
      throw new IllegalArgumentException("an attempt that has ended does not run");
    }
  }

  /** It is done with, for better or worse. */
  public static Settlement finished(
      WorkStatus status, Instant at, @Nullable String note, @Nullable String output) {
    if (!status.isFinished()) {
      throw new IllegalArgumentException(status + " is no end");
    }
    return new Settlement(status, at, at, note, output);
  }

  /** It is to be tried again, unless somebody has asked for its end meanwhile. */
  public static Settlement again(
      Instant at, Instant dueAt, @Nullable String note, @Nullable String output) {
    return new Settlement(WorkStatus.QUEUED, at, dueAt, note, output);
  }
}

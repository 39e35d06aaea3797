package io.taskauth.server.task.run;

import java.util.Locale;

/**
 * Something that this node has done with a run, after the store knows it. Immutable.
 *
 * @param run as it is now
 */
public record RunEvent(Kind kind, Run run) {
  /** What it has done. */
  public enum Kind {
    STARTED,
    SUCCEEDED,
    FAILED,
    /** The attempt failed, and there will be another one. */
    RETRIED,
    CANCELLED;

    /** As in {@code task.started}. */
    public String code() {
      return "task." + name().toLowerCase(Locale.ROOT);
    }
  }
}

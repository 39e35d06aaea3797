package io.taskauth.server.task.run;

import io.taskauth.work.WorkStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a run is. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** A run has one way to fail: whoever waits for it does not care why it was given up. */
  static RunStatus of(WorkStatus status) {
    return status == WorkStatus.DEAD ? FAILED : valueOf(status.name());
  }

  WorkStatus inStore() {
    return WorkStatus.valueOf(name());
  }

  public boolean isFinished() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** The name in answers, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RunStatus> ofCode(String code) {
    return Stream.of(values()).filter(status -> status.code().equals(code)).findFirst();
  }
}

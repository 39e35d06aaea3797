package io.taskauth.server.task;

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

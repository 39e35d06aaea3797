package io.taskauth.work;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a piece of work is on its way. */
public enum WorkStatus {
  /** Waits for its time and for somebody to take it, also between two attempts. */
  QUEUED,
  /** Somebody has taken it. */
  RUNNING,
  SUCCEEDED,
  /** It went wrong, and another attempt would not help. */
  FAILED,
  /** It went wrong as often as it may. */
  DEAD,
  CANCELLED;

  public boolean isFinished() {
    return this != QUEUED && this != RUNNING;
  }

  /** The name in the store, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that name; empty where there is none. */
  public static Optional<WorkStatus> ofCode(String code) {
    return Stream.of(values()).filter(status -> status.code().equals(code)).findFirst();
  }
}

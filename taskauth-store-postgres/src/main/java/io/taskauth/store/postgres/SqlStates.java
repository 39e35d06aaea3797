package io.taskauth.store.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's error codes mean to us (its documentation, appendix A). */
final class SqlStates {
  private static final Set<String> LOST_RACES =
      Set.of(
          "23505", // unique_violation: a key was taken since we looked
          "40001", // serialization_failure
          "40P01"); // deadlock_detected

  private SqlStates() {}

  /** Whether the step lost a race to another, and may win when it begins again. */
  static boolean isLostRace(Throwable thrown) {
    for (@Nullable Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql && LOST_RACES.contains(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }
}

package io.taskauth.store.duckdb;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells failures that are worth another try. */
final class Conflicts {
  private Conflicts() {}

  /** DuckDB has no codes for its errors; the message begins with the kind. */
  static boolean isConflict(Throwable thrown) {
    for (@Nullable Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql
          && String.valueOf(sql.getMessage()).startsWith("TransactionContext Error")) {
        return true;
      }
    }
    return false;
  }
}

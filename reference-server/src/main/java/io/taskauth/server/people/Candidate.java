package io.taskauth.server.people;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user as a file has them: texts of which nothing is checked yet. Prints nothing of them, for one
 * is a hash.
 *
 * @param number of the line or entry, from 1
 * @param values without those that are empty
 * @param superuser whether Django lets them do everything
 * @param problem why it cannot even be read, or null
 */
record Candidate(
    int number, Map<Column, String> values, boolean superuser, @Nullable String problem) {
  static Candidate bad(int number, String problem) {
    return new Candidate(number, Map.of(), false, problem);
  }

  @Nullable String value(Column column) {
    return values.get(column);
  }

  @Override
  public String toString() {
    return "candidate " + number;
  }
}

package io.taskauth.store.jdbi;

/**
 * A WHERE for rows that are found by a key and then asked for something else. DuckDB uses an index
 * only where the key is all that is compared; beside a second comparison it reads the whole table,
 * and a sign-out among a hundred thousand sessions takes ten times as long. Within a CASE that
 * names the key as well, the rest is asked of what the index has found. To PostgreSQL it is all the
 * same.
 */
final class ByKey {
  private ByKey() {}

  /**
   * Both are constants of this package, never values.
   *
   * @param key such as {@code id = :id}
   */
  static String where(String key, String condition) {
    return " WHERE " + key + " AND CASE WHEN " + key + " THEN " + condition + " ELSE FALSE END";
  }
}

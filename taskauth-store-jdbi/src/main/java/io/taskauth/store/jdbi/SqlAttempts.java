package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;

import io.taskauth.login.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Counts in single statements, so that no attempt is lost between a read and a write. Keys are
 * always visited in the same order: two nodes that count the same ones must not wait for each
 * other.
 */
final class SqlAttempts implements AttemptStore {
  private final Database database;

  SqlAttempts(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Attempts> count(Collection<String> keys, Duration window, Instant now) {
    return database.write(
        step -> {
          Map<String, Attempts> counted = new HashMap<>();
          for (String key : keys.stream().sorted().toList()) {
            counted.put(key, count(step.handle(), key, now, now.plus(window)));
          }
          return counted;
        });
  }

  private static Attempts count(Handle handle, String key, Instant now, Instant newEnd) {
    return handle
        .createQuery(
            """
            INSERT INTO taskauth_attempt AS a (attempt_key, attempts, window_ends_at)
            VALUES (:key, 1, :newEnd)
            ON CONFLICT (attempt_key) DO UPDATE SET
              attempts = CASE WHEN a.window_ends_at > :now THEN a.attempts + 1 ELSE 1 END,
              window_ends_at =
                CASE WHEN a.window_ends_at > :now THEN a.window_ends_at
                ELSE excluded.window_ends_at END
            RETURNING attempts, window_ends_at
            """)
        .bind("key", key)
        .bind("newEnd", newEnd.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> new Attempts(row.getInt("attempts"), instant(row, "window_ends_at")))
        .one();
  }

  @Override
  public void release(Collection<String> refund, Collection<String> forget) {
    List<String> keys =
        Stream.concat(refund.stream().filter(key -> !forget.contains(key)), forget.stream())
            .sorted()
            .toList();
    int unused =
        database.write(
            step -> {
              keys.forEach(key -> release(step.handle(), key, forget.contains(key)));
              return keys.size();
            });
  }

  private static void release(Handle handle, String key, boolean forget) {
    int removed =
        handle
            .createUpdate(
                forget
                    ? "DELETE FROM taskauth_attempt WHERE attempt_key = :key"
                    : "DELETE FROM taskauth_attempt"
                        + ByKey.where("attempt_key = :key", "attempts <= 1"))
            .bind("key", key)
            .execute();
    if (removed == 0 && !forget) {
      handle
          .createUpdate(
              "UPDATE taskauth_attempt SET attempts = attempts - 1 WHERE attempt_key = :key")
          .bind("key", key)
          .execute();
    }
  }

  @Override
  public int sweep(Instant now, int limit) {
    return database.write(
        step ->
            step.handle()
                .createUpdate(
                    """
                    DELETE FROM taskauth_attempt WHERE attempt_key IN
                      (SELECT attempt_key FROM taskauth_attempt
                       WHERE window_ends_at <= :now LIMIT :limit)
                    """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute());
  }
}

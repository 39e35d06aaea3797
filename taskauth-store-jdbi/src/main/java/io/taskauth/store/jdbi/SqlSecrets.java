package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.uuidOrNull;

import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

final class SqlSecrets implements OneTimeSecretStore {
  private final Database database;

  SqlSecrets(Database database) {
    this.database = database;
  }

  @Override
  public void put(OneTimeSecret secret) {
    int unused =
        database.write(
            step ->
                step.handle()
                    .createUpdate(
                        """
                        INSERT INTO taskauth_one_time_secret
                          (hash, purpose, user_id, session_id, payload, expires_at)
                        VALUES (:hash, :purpose, :user, :session, :payload, :expiresAt)
                        """)
                    .bind("hash", secret.hash())
                    .bind("purpose", secret.purpose())
                    .bind("user", secret.userId())
                    .bind("session", secret.sessionId())
                    .bind("payload", secret.payload())
                    .bind("expiresAt", secret.expiresAt().toEpochMilli())
                    .execute());
  }

  @Override
  public Optional<OneTimeSecret> find(String hash, String purpose, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT hash, purpose, user_id, session_id, payload, expires_at
                    FROM taskauth_one_time_secret
                    WHERE hash = :hash AND purpose = :purpose AND expires_at > :now
                    """)
                .bind("hash", hash)
                .bind("purpose", purpose)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> secret(row))
                .findOne());
  }

  @Override
  public Optional<OneTimeSecret> take(String hash, String purpose, Instant now) {
    // One statement about one row: reading and then deleting would give it to two.
    return database.write(
        step ->
            step.handle()
                .createQuery(
                    """
                    DELETE FROM taskauth_one_time_secret
                    WHERE hash = :hash AND purpose = :purpose AND expires_at > :now
                    RETURNING hash, purpose, user_id, session_id, payload, expires_at
                    """)
                .bind("hash", hash)
                .bind("purpose", purpose)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> secret(row))
                .findOne());
  }

  private static OneTimeSecret secret(ResultSet row) throws SQLException {
    return new OneTimeSecret(
        row.getString("hash"),
        row.getString("purpose"),
        uuidOrNull(row, "user_id"),
        row.getString("session_id"),
        row.getString("payload"),
        instant(row, "expires_at"));
  }

  @Override
  public int sweep(Instant now, int limit) {
    return database.write(
        step ->
            step.handle()
                .createUpdate(
                    """
                    DELETE FROM taskauth_one_time_secret WHERE hash IN
                      (SELECT hash FROM taskauth_one_time_secret
                       WHERE expires_at <= :now LIMIT :limit)
                    """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute());
  }
}

package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.uuidOrNull;

import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

final class SqlSecrets implements OneTimeSecretStore {
  private static final String SECRET = "hash, purpose, user_id, session_id, payload, expires_at";

  private static final String GOOD =
      ByKey.where("hash = :hash", "purpose = :purpose AND expires_at > :now");

  private final Database database;

  SqlSecrets(Database database) {
    this.database = database;
  }

  @Override
  public void put(OneTimeSecret secret) {
    int unused = database.write(step -> insert(step.handle(), secret));
  }

  @Override
  public void replace(OneTimeSecret secret) {
    UUID user = Objects.requireNonNull(secret.userId());
    int unused =
        database.write(
            step -> {
              // Of two who replace at once the second must see what the first has put.
              database.lockUser(step.handle(), user);
              step.handle()
                  .createUpdate(
                      """
                      DELETE FROM taskauth_one_time_secret
                      WHERE user_id = :user AND purpose = :purpose
                      """)
                  .bind("user", user)
                  .bind("purpose", secret.purpose())
                  .execute();
              return insert(step.handle(), secret);
            });
  }

  private static int insert(Handle handle, OneTimeSecret secret) {
    return handle
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
        .execute();
  }

  @Override
  public Optional<OneTimeSecret> find(String hash, String purpose, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT " + SECRET + " FROM taskauth_one_time_secret" + GOOD)
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
                .createQuery("DELETE FROM taskauth_one_time_secret" + GOOD + " RETURNING " + SECRET)
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

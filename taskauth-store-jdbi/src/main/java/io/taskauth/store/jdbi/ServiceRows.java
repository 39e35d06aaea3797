package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.instantOrNull;
import static io.taskauth.store.jdbi.Columns.millis;
import static io.taskauth.store.jdbi.Columns.uuid;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccount.Retiring;
import io.taskauth.service.ServiceName;
import io.taskauth.service.ServiceSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code taskauth_service_account}. */
final class ServiceRows {
  /** What makes a {@link ServiceAccount}. */
  static final String ACCOUNT =
      "id, name, scopes, created_at, created_by, expires_at, token_id, token_hash,"
          + " token_created_at, previous_id, previous_hash, previous_created_at, previous_until,"
          + " last_used_at, last_used_ip";

  private ServiceRows() {}

  static ServiceAccount account(ResultSet row) throws SQLException {
    return new ServiceAccount(
        uuid(row, "id"),
        new ServiceName(row.getString("name")),
        scopes(row.getString("scopes")),
        instant(row, "created_at"),
        row.getString("created_by"),
        Expiry.ofNullable(instantOrNull(row, "expires_at")),
        secret(row, "token"),
        previous(row),
        lastUse(row));
  }

  /** No names are no scopes: an account of this kind is never without a limit. */
  private static Scopes scopes(String names) {
    return Scopes.exactly(names.isEmpty() ? List.of() : List.of(names.split(" ")));
  }

  private static ServiceSecret secret(ResultSet row, String which) throws SQLException {
    return new ServiceSecret(
        new TokenId(row.getString(which + "_id")),
        row.getString(which + "_hash"),
        instant(row, which + "_created_at"));
  }

  private static @Nullable Retiring previous(ResultSet row) throws SQLException {
    Instant until = instantOrNull(row, "previous_until");
    return until == null ? null : new Retiring(secret(row, "previous"), until);
  }

  private static @Nullable TokenUse lastUse(ResultSet row) throws SQLException {
    Instant at = instantOrNull(row, "last_used_at");
    return at == null ? null : new TokenUse(at, row.getString("last_used_ip"));
  }

  static void insert(Handle handle, ServiceAccount account) {
    ServiceSecret secret = account.secret();
    Retiring previous = account.previous();
    TokenUse lastUse = account.lastUse();
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_service_account (id, name, scopes, created_at, created_by,
              expires_at, token_id, token_hash, token_created_at, previous_id, previous_hash,
              previous_created_at, previous_until, last_used_at, last_used_ip)
            VALUES (:id, :name, :scopes, :createdAt, :createdBy, :expiresAt, :tokenId, :tokenHash,
              :tokenCreatedAt, :previousId, :previousHash, :previousCreatedAt, :previousUntil,
              :lastUsedAt, :lastUsedIp)
            """)
        .bind("id", account.id())
        .bind("name", account.name().value())
        .bind("scopes", String.join(" ", account.scopes().names()))
        .bind("createdAt", account.createdAt().toEpochMilli())
        .bind("createdBy", account.createdBy())
        .bind("expiresAt", millis(account.expiry().instantOrNull()))
        .bind("tokenId", secret.id().value())
        .bind("tokenHash", secret.hash())
        .bind("tokenCreatedAt", secret.createdAt().toEpochMilli())
        .bind("previousId", previous == null ? null : previous.secret().id().value())
        .bind("previousHash", previous == null ? null : previous.secret().hash())
        .bind("previousCreatedAt", millis(previous == null ? null : previous.secret().createdAt()))
        .bind("previousUntil", millis(previous == null ? null : previous.until()))
        .bind("lastUsedAt", millis(lastUse == null ? null : lastUse.at()))
        .bind("lastUsedIp", lastUse == null ? null : lastUse.ip())
        .execute();
  }
}

package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.instantOrNull;
import static io.taskauth.store.jdbi.Columns.millis;
import static io.taskauth.store.jdbi.Columns.uuid;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rows of {@code taskauth_access_token}, {@code t} in queries. */
final class TokenRows {
  /** What makes an {@link AccessToken}; under other names than a user's columns. */
  static final String TOKEN =
      "t.id AS token_id, t.user_id, t.name, t.scopes, t.created_at AS made_at, t.expires_at,"
          + " t.last_used_at, t.last_used_ip, t.revoked_at";

  private TokenRows() {}

  static AccessToken token(ResultSet row) throws SQLException {
    return new AccessToken(
        new TokenId(row.getString("token_id")),
        uuid(row, "user_id"),
        row.getString("name"),
        scopes(row.getString("scopes")),
        instant(row, "made_at"),
        Expiry.ofNullable(instantOrNull(row, "expires_at")),
        instantOrNull(row, "last_used_at"),
        row.getString("last_used_ip"),
        instantOrNull(row, "revoked_at"));
  }

  private static Scopes scopes(String names) {
    return names.isEmpty() ? Scopes.unlimited() : Scopes.of(List.of(names.split(" ")));
  }

  static void insert(Handle handle, AccessToken token, String hash) {
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_access_token (id, number, hash, user_id, name, scopes, created_at,
              expires_at, last_used_at, last_used_ip, revoked_at)
            VALUES (:id, nextval('taskauth_access_token_number'), :hash, :user, :name, :scopes,
              :createdAt, :expiresAt, :lastUsedAt, :lastUsedIp, :revokedAt)
            """)
        .bind("id", token.id().value())
        .bind("hash", hash)
        .bind("user", token.userId())
        .bind("name", token.name())
        .bind("scopes", token.scopes().toString())
        .bind("createdAt", token.createdAt().toEpochMilli())
        .bind("expiresAt", millis(token.expiry().instantOrNull()))
        .bind("lastUsedAt", millis(token.lastUsedAt()))
        .bind("lastUsedIp", token.lastUsedIp())
        .bind("revokedAt", millis(token.revokedAt()))
        .execute();
  }
}

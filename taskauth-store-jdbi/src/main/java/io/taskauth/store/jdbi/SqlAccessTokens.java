package io.taskauth.store.jdbi;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.SessionId;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

final class SqlAccessTokens implements AccessTokenStore {
  /** Or anybody's, where no owner is named. */
  private static final String OWNED = "user_id = coalesce(CAST(:owner AS UUID), user_id)";

  private final Database database;

  SqlAccessTokens(Database database) {
    this.database = database;
  }

  @Override
  public Creation create(AccessToken token, String hash, SessionId by, int atMost) {
    return database.write(
        step -> {
          Handle handle = step.handle();
          database.lockUser(handle, token.userId());
          if (!isRunning(handle, by, token)) {
            return Creation.SESSION_ENDED;
          }
          if (countLive(handle, token) >= atMost) {
            return Creation.TOO_MANY;
          }
          TokenRows.insert(handle, token, hash);
          return Creation.CREATED;
        });
  }

  /** That the session is there also says that the account is, and is open. */
  private static boolean isRunning(Handle handle, SessionId session, AccessToken token) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM taskauth_session"
                + ByKey.where("id = :session", "user_id = :user AND expires_at > :now")
                + ")")
        .bind("session", session.value())
        .bind("user", token.userId())
        .bind("now", token.createdAt().toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  private static long countLive(Handle handle, AccessToken token) {
    return handle
        .createQuery(
            "SELECT count(*) FROM taskauth_access_token"
                + ByKey.where(
                    "user_id = :user",
                    "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"))
        .bind("user", token.userId())
        .bind("now", token.createdAt().toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<StoredToken> find(TokenId id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT t.hash, "
                        + TokenRows.TOKEN
                        + ", "
                        + UserRows.USER
                        + " FROM taskauth_access_token t JOIN taskauth_user u ON u.id = t.user_id"
                        + " WHERE t.id = :id")
                .bind("id", id.value())
                .map((row, context) -> stored(row, UserRows.user(row)))
                .findOne());
  }

  private static StoredToken stored(ResultSet row, User owner) throws SQLException {
    return new StoredToken(TokenRows.token(row), row.getString("hash"), owner);
  }

  @Override
  public List<AccessToken> ofUser(UUID userId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + TokenRows.TOKEN
                        + " FROM taskauth_access_token t"
                        + ByKey.where("t.user_id = :user", "t.revoked_at IS NULL")
                        + " ORDER BY t.number DESC")
                .bind("user", userId)
                .map((row, context) -> TokenRows.token(row))
                .list());
  }

  @Override
  public Page<StoredToken> newest(PageRequest page) {
    return database.read(handle -> TokenList.newest(handle, page));
  }

  @Override
  public Revocation revoke(TokenId id, @Nullable UUID owner, Instant now) {
    return database.write(
        step -> {
          Optional<UUID> revoked = revoke(step.handle(), id, owner, now);
          revoked.ifPresent(user -> step.changed(new Change.OfToken(user, id)));
          if (revoked.isPresent()) {
            return Revocation.REVOKED;
          }
          return isThere(step.handle(), id, owner)
              ? Revocation.ALREADY_REVOKED
              : Revocation.NOT_FOUND;
        });
  }

  /** Whose it was. One statement about one row, so that of many who revoke it one did. */
  private static Optional<UUID> revoke(
      Handle handle, TokenId id, @Nullable UUID owner, Instant now) {
    return handle
        .createQuery(
            "UPDATE taskauth_access_token SET revoked_at = :now"
                + ByKey.where("id = :id", OWNED + " AND revoked_at IS NULL")
                + " RETURNING user_id")
        .bind("now", now.toEpochMilli())
        .bind("id", id.value())
        .bind("owner", owner)
        .mapTo(UUID.class)
        .findOne();
  }

  private static boolean isThere(Handle handle, TokenId id, @Nullable UUID owner) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM taskauth_access_token"
                + ByKey.where("id = :id", OWNED)
                + ")")
        .bind("id", id.value())
        .bind("owner", owner)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void used(Collection<AccessToken> tokens) {
    // Always in the same order: two nodes that write the same rows must not wait for each other.
    Map<String, TokenUse> sorted = new TreeMap<>();
    tokens.forEach(token -> token.lastUse().ifPresent(use -> sorted.put(token.id().value(), use)));
    if (sorted.isEmpty()) {
      return;
    }
    int unused =
        database.write(
            step -> {
              PreparedBatch updates =
                  step.handle()
                      .prepareBatch(
                          "UPDATE taskauth_access_token"
                              + " SET last_used_at = :at, last_used_ip = :ip"
                              + ByKey.where(
                                  "id = :id", "(last_used_at IS NULL OR last_used_at < :at)"));
              sorted.forEach(
                  (id, use) ->
                      updates
                          .bind("id", id)
                          .bind("at", use.at().toEpochMilli())
                          .bind("ip", use.ip())
                          .add());
              return updates.execute().length;
            });
  }

  @Override
  public int sweep(Instant endedBefore, int limit) {
    return database.write(
        step ->
            step.handle()
                .createUpdate(
                    """
                    DELETE FROM taskauth_access_token WHERE id IN
                      (SELECT id FROM taskauth_access_token
                       WHERE revoked_at < :before OR expires_at < :before LIMIT :limit)
                    """)
                .bind("before", endedBefore.toEpochMilli())
                .bind("limit", limit)
                .execute());
  }
}

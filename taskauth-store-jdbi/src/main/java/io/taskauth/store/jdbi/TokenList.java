package io.taskauth.store.jdbi;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.jdbi.NewestFirst.Numbered;
import io.taskauth.user.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Everybody's access tokens a page at a time. */
final class TokenList {
  private record Row(AccessToken token, String hash) {
    /** Empty where the account was deleted after the row was read, and the token with it. */
    Optional<StoredToken> with(@Nullable User owner) {
      return Optional.ofNullable(owner).map(user -> new StoredToken(token, hash, user));
    }
  }

  private TokenList() {}

  /** The owners by a second look: for a join DuckDB would read all accounts. */
  static Page<StoredToken> newest(Handle handle, PageRequest request) {
    Page<Row> page = NewestFirst.page(handle, "taskauth_access_token", request, TokenList::window);
    Map<UUID, User> owners =
        UserRows.findAll(handle, page.items().stream().map(row -> row.token().userId()).toList());
    return new Page<>(
        page.items().stream()
            .flatMap(row -> row.with(owners.get(row.token().userId())).stream())
            .toList(),
        page.nextCursor());
  }

  private static List<Numbered<Row>> window(Handle handle, long from, long before, int atMost) {
    return handle
        .createQuery(
            "SELECT t.number, t.hash, "
                + TokenRows.TOKEN
                + " FROM taskauth_access_token t"
                + " WHERE t.number >= :from AND t.number < :before AND t.revoked_at IS NULL"
                + " ORDER BY t.number DESC LIMIT :atMost")
        .bind("from", from)
        .bind("before", before)
        .bind("atMost", atMost)
        .map(
            (row, context) ->
                new Numbered<>(
                    row.getLong("number"), new Row(TokenRows.token(row), row.getString("hash"))))
        .list();
  }
}

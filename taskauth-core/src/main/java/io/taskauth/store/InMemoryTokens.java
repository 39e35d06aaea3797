package io.taskauth.store;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.store.InMemoryTables.TokenRow;
import io.taskauth.user.StoredUser;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class InMemoryTokens implements AccessTokenStore {
  private final InMemoryTables tables;
  private final LocalChangeFeed feed;

  InMemoryTokens(InMemoryTables tables, LocalChangeFeed feed) {
    this.tables = tables;
    this.feed = feed;
  }

  @Override
  public Creation create(AccessToken token, String hash, SessionId by, int atMost) {
    return tables.atomically(
        () -> {
          if (!isRunning(by, token)) {
            return Creation.SESSION_ENDED;
          }
          long live =
              tables.tokensOf(token.userId()).stream()
                  .filter(row -> row.token().isLive(token.createdAt()))
                  .count();
          if (live >= atMost) {
            return Creation.TOO_MANY;
          }
          tables.add(token, hash);
          return Creation.CREATED;
        });
  }

  private boolean isRunning(SessionId by, AccessToken token) {
    Session session = tables.sessions.get(by);
    return session != null
        && session.userId().equals(token.userId())
        && session.expiresAt().isAfter(token.createdAt());
  }

  @Override
  public Optional<StoredToken> find(TokenId id) {
    return tables.atomically(() -> Optional.ofNullable(tables.tokens.get(id)).map(this::stored));
  }

  private StoredToken stored(TokenRow row) {
    StoredUser owner = Objects.requireNonNull(tables.users.get(row.token().userId()));
    return new StoredToken(row.token(), row.hash(), owner.user());
  }

  @Override
  public List<AccessToken> ofUser(UUID userId) {
    return tables.atomically(
        () ->
            tables.tokensOf(userId).stream()
                .filter(row -> row.token().revokedAt() == null)
                .sorted(Comparator.comparing(TokenRow::number).reversed())
                .map(TokenRow::token)
                .toList());
  }

  @Override
  public Page<StoredToken> newest(PageRequest page) {
    long before = page.before();
    return tables.atomically(
        () ->
            Pages.of(
                tables.tokensInOrder.headMap(before, false).descendingMap().values().stream()
                    .map(id -> Objects.requireNonNull(tables.tokens.get(id)))
                    .filter(row -> row.token().revokedAt() == null),
                page.limit(),
                this::stored,
                row -> String.valueOf(row.number())));
  }

  @Override
  public Revocation revoke(TokenId id, @Nullable UUID owner, Instant now) {
    Optional<TokenRow> found =
        tables.atomically(
            () -> {
              Optional<TokenRow> row = Optional.ofNullable(tables.tokens.get(id));
              Optional<TokenRow> own =
                  row.filter(r -> owner == null || owner.equals(r.token().userId()));
              own.filter(r -> r.token().revokedAt() == null)
                  .ifPresent(r -> tables.replace(r, r.token().revoked(now)));
              return own;
            });
    if (found.isEmpty()) {
      return Revocation.NOT_FOUND;
    }
    if (found.get().token().revokedAt() != null) {
      return Revocation.ALREADY_REVOKED;
    }
    feed.publish(new Change.OfToken(found.get().token().userId(), id));
    return Revocation.REVOKED;
  }

  @Override
  public void used(Collection<AccessToken> tokens) {
    tables.atomically(
        () -> {
          tokens.forEach(this::used);
          return tokens.size();
        });
  }

  private void used(AccessToken token) {
    token
        .lastUse()
        .ifPresent(
            use ->
                Optional.ofNullable(tables.tokens.get(token.id()))
                    .filter(row -> isLater(use, row.token().lastUsedAt()))
                    .ifPresent(row -> tables.replace(row, row.token().used(use))));
  }

  private static boolean isLater(TokenUse use, @Nullable Instant known) {
    return known == null || use.at().isAfter(known);
  }

  @Override
  public int sweep(Instant endedBefore, int limit) {
    return tables.atomically(
        () -> {
          List<TokenRow> past =
              tables.tokens.values().stream()
                  .filter(row -> hasEndedBefore(row.token(), endedBefore))
                  .limit(limit)
                  .toList();
          past.forEach(tables::remove);
          return past.size();
        });
  }

  private static boolean hasEndedBefore(AccessToken token, Instant instant) {
    Instant revoked = token.revokedAt();
    Instant end = token.expiry().instantOrNull();
    return (revoked != null && revoked.isBefore(instant)) || (end != null && end.isBefore(instant));
  }
}

package io.taskauth.accesstoken;

import io.taskauth.access.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A personal access token as the store has it, without the token itself. Immutable.
 *
 * @param name what its owner calls it
 * @param expiry to the second
 * @param lastUsedAt the last use, to the minute, or null
 * @param lastUsedIp where it was last used from, or null
 * @param revokedAt since when it is refused, or null
 */
public record AccessToken(
    TokenId id,
    UUID userId,
    String name,
    Scopes scopes,
    Instant createdAt,
    Expiry expiry,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedIp,
    @Nullable Instant revokedAt) {

  /** A new one that nobody has used. */
  public static AccessToken created(
      TokenId id, UUID userId, String name, Scopes scopes, Instant createdAt, Expiry expiry) {
    return new AccessToken(id, userId, name, scopes, createdAt, expiry, null, null, null);
  }

  public AccessToken used(TokenUse use) {
    return new AccessToken(
        id, userId, name, scopes, createdAt, expiry, use.at(), use.ip(), revokedAt);
  }

  /** Its last use; empty where nobody has used it. */
  public Optional<TokenUse> lastUse() {
    return Optional.ofNullable(lastUsedAt).map(at -> new TokenUse(at, lastUsedIp));
  }

  public AccessToken revoked(Instant when) {
    return new AccessToken(
        id, userId, name, scopes, createdAt, expiry, lastUsedAt, lastUsedIp, when);
  }

  /** Neither revoked nor past its end. */
  public boolean isLive(Instant now) {
    return revokedAt == null && !expiry.isPast(now);
  }
}

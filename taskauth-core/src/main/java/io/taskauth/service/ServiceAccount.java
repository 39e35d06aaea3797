package io.taskauth.service;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine's account: it is no user, has no role, and outlives whoever made it. It has one token,
 * or two for as long as one takes the other's place. Immutable.
 *
 * @param scopes what its tokens may be used for; nothing else
 * @param createdAt to the millisecond
 * @param createdBy the name of the user who made it, as it was then
 * @param expiry when the account ends, to the second
 * @param secret its token
 * @param previous the token before, for as long as it is still good, or null
 * @param lastUse the last use of either token, to the minute, or null
 */
public record ServiceAccount(
    UUID id,
    ServiceName name,
    Scopes scopes,
    Instant createdAt,
    String createdBy,
    Expiry expiry,
    ServiceSecret secret,
    @Nullable Retiring previous,
    @Nullable TokenUse lastUse) {

  /**
   * A token that was replaced.
   *
   * @param until from this instant on it is refused
   */
  public record Retiring(ServiceSecret secret, Instant until) {}

  public ServiceAccount {
    if (scopes.isUnlimited()) {
      throw new IllegalArgumentException("a service account is limited to its scopes");
    }
  }

  /** The same with a new token; the one it has stays good until {@code overlapEnd}. */
  public ServiceAccount rotated(ServiceSecret next, Instant overlapEnd) {
    return new ServiceAccount(
        id,
        name,
        scopes,
        createdAt,
        createdBy,
        expiry,
        next,
        new Retiring(secret, overlapEnd),
        lastUse);
  }

  public ServiceAccount used(TokenUse use) {
    return new ServiceAccount(
        id, name, scopes, createdAt, createdBy, expiry, secret, previous, use);
  }

  /** The token of that id, if it is this account's and good now; empty otherwise. */
  public Optional<ServiceSecret> goodSecret(TokenId tokenId, Instant now) {
    if (expiry.isPast(now)) {
      return Optional.empty();
    }
    if (secret.id().equals(tokenId)) {
      return Optional.of(secret);
    }
    return Optional.ofNullable(previous)
        .filter(old -> old.secret().id().equals(tokenId) && old.until().isAfter(now))
        .map(Retiring::secret);
  }

  /** When the token of that id ends, as far as is known now; null where it has no end. */
  public @Nullable Instant endOf(TokenId tokenId) {
    Instant end = expiry.instantOrNull();
    if (previous == null || !previous.secret().id().equals(tokenId)) {
      return end;
    }
    return end == null || previous.until().isBefore(end) ? previous.until() : end;
  }
}

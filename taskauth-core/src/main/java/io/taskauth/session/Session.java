package io.taskauth.session;

import io.taskauth.user.User;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One signed-in browser or command line. Immutable.
 *
 * @param lastSeenAt the last request, to the minute
 * @param expiresAt the end that no activity moves
 * @param through the identity provider that vouched for the user; null where a password did, and in
 *     a session as it goes with a request
 */
public record Session(
    SessionId id,
    UUID userId,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt,
    @Nullable String ip,
    @Nullable String userAgent,
    @Nullable ProviderSession through) {

  /** A session that was opened with a password. */
  public Session(
      SessionId id,
      UUID userId,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt,
      @Nullable String ip,
      @Nullable String userAgent) {
    this(id, userId, createdAt, lastSeenAt, expiresAt, ip, userAgent, null);
  }

  /**
   * The session as it goes with each of its requests: without the address and the program that it
   * was opened from, which only lists of sessions show.
   */
  public Session ofRequest(User user) {
    Instant login = user.lastLoginAt();
    Instant opened = login != null && login.equals(createdAt) ? login : createdAt;
    return new Session(id, user.id(), opened, lastSeenAt, expiresAt, null, null);
  }

  public Session withLastSeenAt(Instant when) {
    return new Session(id, userId, createdAt, when, expiresAt, ip, userAgent, through);
  }

  /** The session, if it ends by then, or with that end. */
  Session endingBy(Instant end) {
    return end.isBefore(expiresAt)
        ? new Session(id, userId, createdAt, lastSeenAt, end, ip, userAgent, through)
        : this;
  }

  /** The session as one that an identity provider vouched for. */
  public Session through(@Nullable ProviderSession provider) {
    return new Session(id, userId, createdAt, lastSeenAt, expiresAt, ip, userAgent, provider);
  }
}

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
 */
public record Session(
    SessionId id,
    UUID userId,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt,
    @Nullable String ip,
    @Nullable String userAgent) {

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
    return new Session(id, userId, createdAt, when, expiresAt, ip, userAgent);
  }
}

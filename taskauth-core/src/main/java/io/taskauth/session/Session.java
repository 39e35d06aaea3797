package io.taskauth.session;

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

  public Session withLastSeenAt(Instant when) {
    return new Session(id, userId, createdAt, when, expiresAt, ip, userAgent);
  }
}

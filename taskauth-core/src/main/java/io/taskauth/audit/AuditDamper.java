package io.taskauth.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.internal.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the record from being flooded: the kinds of events that anybody can cause without signing
 * in, or a user by doing nothing in particular, are recorded so many times a minute, and counted
 * beyond. Otherwise a stream of forged tokens would push the events that matter out of a record
 * that is kept short. Threads may share it.
 */
final class AuditDamper {
  static final int PER_ADDRESS = 60;
  static final int PER_USER = 120;
  static final int IN_ALL = 1200;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final String EVERYWHERE = "";

  /** A failed sign-in is limited by address already, where sign-ins are throttled. */
  private static final Set<AuditType> BY_ADDRESS =
      EnumSet.of(
          AuditType.LOGIN_THROTTLED,
          AuditType.PASSWORD_LOGIN_REFUSED,
          AuditType.SETUP_REFUSED,
          AuditType.SESSION_VERIFY_FAILURE,
          AuditType.PASSWORD_RESET_REFUSED,
          AuditType.TOKEN_AUTH_FAILURE,
          AuditType.WS_TICKET_REFUSED,
          AuditType.OAUTH_STATE_INVALID,
          AuditType.OAUTH_FAILED,
          AuditType.OAUTH_DENIED,
          AuditType.OAUTH_LOGOUT_REFUSED,
          AuditType.ACCESS_DENIED,
          AuditType.CSRF_REJECTED);

  /** What a user can do to their own account for ever, without anything coming of it. */
  private static final Set<AuditType> BY_USER =
      EnumSet.of(
          AuditType.LOGIN_SUCCESS,
          AuditType.LOGOUT,
          AuditType.SESSION_REVOKED,
          AuditType.PASSWORD_CHANGED,
          AuditType.PASSWORD_CHANGE_REFUSED,
          AuditType.WS_TICKET_ISSUED,
          AuditType.TOKEN_FIRST_USE_NEW_IP);

  private static final Set<AuditType> IN_TOTAL = EnumSet.of(AuditType.LOGIN_FAILURE);

  static {
    IN_TOTAL.addAll(BY_ADDRESS);
  }

  private record Key(AuditType type, String line) {}

  /**
   * @param left unrecorded events of this window and, until the first is recorded, the one before
   */
  private record Window(Instant end, int recorded, int left) {}

  private final Cache<Key, Window> windows = Caffeine.newBuilder().maximumSize(10_000).build();

  /**
   * Whether to record an event.
   *
   * @return how many like it were left out before, which is to be said with it; empty where it is
   *     to be left out itself
   */
  OptionalInt admit(AuditType type, @Nullable String ip, @Nullable UUID userId, Instant now) {
    if (userId != null && BY_USER.contains(type)) {
      return count(new Key(type, userId.toString()), PER_USER, 0, now);
    }
    int leftOut = 0;
    if (BY_ADDRESS.contains(type)) {
      String line = IpAddress.parse(ip).map(IpAddress::line).orElse("unknown");
      OptionalInt here = count(new Key(type, line), PER_ADDRESS, 0, now);
      if (here.isEmpty()) {
        return here;
      }
      leftOut = here.getAsInt();
    }
    if (IN_TOTAL.contains(type)) {
      OptionalInt all = count(new Key(type, EVERYWHERE), IN_ALL, leftOut, now);
      return all.isEmpty() ? all : OptionalInt.of(leftOut + all.getAsInt());
    }
    return OptionalInt.of(leftOut);
  }

  /**
   * @param unsaid how many more are to be remembered as left out where this one is
   */
  private OptionalInt count(Key key, int limit, int unsaid, Instant now) {
    Window next = windows.asMap().compute(key, (same, before) -> next(before, limit, unsaid, now));
    // The first of a window says what the one before left out.
    return next.recorded() > limit
        ? OptionalInt.empty()
        : OptionalInt.of(next.recorded() == 1 ? next.left() : 0);
  }

  private static Window next(@Nullable Window before, int limit, int unsaid, Instant now) {
    if (before == null) {
      return new Window(now.plus(WINDOW), 1, 0);
    }
    if (!before.end().isAfter(now)) {
      return new Window(now.plus(WINDOW), 1, before.recorded() > limit ? before.left() : 0);
    }
    if (before.recorded() < limit) {
      return new Window(before.end(), before.recorded() + 1, before.left());
    }
    int left = before.recorded() > limit ? before.left() : 0;
    return new Window(before.end(), limit + 1, left + unsaid + 1);
  }
}

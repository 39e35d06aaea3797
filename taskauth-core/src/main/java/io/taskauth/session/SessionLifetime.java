package io.taskauth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a session lasts: an end that nothing moves, and optionally a limit to how long it may
 * stay unused (OWASP ASVS 5.0, V7.3).
 *
 * @param absolute one minute to 400 days
 * @param idle at least two minutes, because use is noted to the minute; null for no limit
 */
public record SessionLifetime(Duration absolute, @Nullable Duration idle) {
  /** 24 hours, no idle limit. */
  public static final SessionLifetime STANDARD = new SessionLifetime(Duration.ofHours(24), null);

  public SessionLifetime {
    if (absolute.compareTo(Duration.ofMinutes(1)) < 0
        || absolute.compareTo(Duration.ofDays(400)) > 0) {
      throw new IllegalArgumentException(
          "the session lifetime must be one minute to 400 days, not " + absolute);
    }
    if (idle != null && idle.compareTo(Duration.ofMinutes(2)) < 0) {
      throw new IllegalArgumentException(
          "the idle timeout must be at least two minutes, not " + idle);
    }
  }

  /** The idle limit, where there is one. */
  public Optional<Duration> idleLimit() {
    return Optional.ofNullable(idle);
  }

  /** Whether a session that was last used at {@code lastSeen} has been left alone for too long. */
  public boolean isIdle(Instant lastSeen, Instant now) {
    return idle != null && now.isAfter(lastSeen.plus(idle));
  }
}

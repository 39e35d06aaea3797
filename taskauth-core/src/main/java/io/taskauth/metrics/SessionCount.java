package io.taskauth.metrics;

import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sessions run. Counting may cost a look at each of them, so it is done twice a minute at
 * most, however often it is asked for. Threads may share it.
 */
public final class SessionCount implements Supplier<OptionalLong> {
  private static final Logger log = LoggerFactory.getLogger(SessionCount.class);
  private static final Duration LIFE = Duration.ofSeconds(30);

  private final SessionStore sessions;
  private final InstantSource clock;
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile Counted last = new Counted(Instant.MIN, OptionalLong.empty());

  private record Counted(Instant at, OptionalLong number) {}

  public SessionCount(SessionStore sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public OptionalLong get() {
    Instant now = clock.instant();
    Counted known = last;
    if (known.at().isAfter(now.minus(LIFE)) || !counting.compareAndSet(false, true)) {
      return known.number();
    }
    try {
      known = new Counted(now, OptionalLong.of(sessions.running(now)));
    } catch (AuthStoreException e) {
      log.debug("the sessions cannot be counted", e);
      known = new Counted(now, OptionalLong.empty());
    } finally {
      last = known;
      counting.set(false);
    }
    return known.number();
  }
}

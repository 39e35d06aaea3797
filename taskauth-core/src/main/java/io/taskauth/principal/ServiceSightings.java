package io.taskauth.principal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.session.ClientInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts on record which machine came from where, once a minute: one that is scraped or polled for
 * years would leave room for nothing else.
 */
final class ServiceSightings {
  private static final Duration RESOLUTION = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final AuditTrail audit;
  private final Cache<Sighting, Instant> last =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  private record Sighting(String provider, String principal, String line) {}

  ServiceSightings(AuditTrail audit) {
    this.audit = audit;
  }

  void note(ServicePrincipal who, ClientInfo client, Instant now) {
    Sighting sighting =
        new Sighting(who.service().provider(), who.service().principal(), client.line());
    Instant before = last.getIfPresent(sighting);
    if (before != null && isRecent(before, now)) {
      return;
    }
    // Of many requests at once one is the sighting of this minute.
    AtomicBoolean first = new AtomicBoolean();
    Instant unused =
        last.asMap()
            .compute(
                sighting,
                (same, at) -> {
                  first.set(at == null || !isRecent(at, now));
                  return first.get() ? now : at;
                });
    if (first.get()) {
      audit.of(
          AuditType.TOKEN_AUTH_SUCCESS,
          who.name(),
          client,
          Map.of("provider", who.service().provider()));
    }
  }

  private static boolean isRecent(Instant before, Instant now) {
    return now.toEpochMilli() - before.toEpochMilli() < RESOLUTION.toMillis();
  }
}

package io.taskauth.audit;

import io.taskauth.session.ClientInfo;
import io.taskauth.user.User;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the use cases tell their events to; passes each on to every sink. Threads may share it. */
public final class AuditTrail {
  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

  private final List<AuditSink> sinks;
  private final InstantSource clock;

  public AuditTrail(List<AuditSink> sinks, InstantSource clock) {
    this.sinks = List.copyOf(sinks);
    this.clock = clock;
  }

  /** An event about a known account. */
  public void of(AuditType type, User user, ClientInfo client, Map<String, String> details) {
    record(type, user.id(), user.username().value(), client, details);
  }

  /** An event about a name that was typed, or about nobody. */
  public void of(
      AuditType type, @Nullable String typedName, ClientInfo client, Map<String, String> details) {
    record(type, null, typedName, client, details);
  }

  private void record(
      AuditType type,
      @Nullable UUID userId,
      @Nullable String username,
      ClientInfo client,
      Map<String, String> details) {
    AuditEvent event =
        new AuditEvent(
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            type,
            type.outcome(),
            userId,
            username,
            client.ip(),
            client.userAgent(),
            details);
    for (AuditSink sink : sinks) {
      try {
        sink.record(event);
      } catch (RuntimeException e) {
        log.warn("an audit sink failed on {}", type.code(), e);
      }
    }
  }
}

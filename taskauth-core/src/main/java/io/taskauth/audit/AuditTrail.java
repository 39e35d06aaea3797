package io.taskauth.audit;

import io.taskauth.internal.Ids;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the use cases tell their events to; each goes to every sink, behind the request. Threads may
 * share it.
 */
public final class AuditTrail implements AutoCloseable {
  private final List<SinkQueue> sinks;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditDamper damper = new AuditDamper();

  /** For metrics, so also of what the record leaves out. Complete from the start. */
  private final Map<AuditType, LongAdder> counts =
      Stream.of(AuditType.values())
          .collect(Collectors.toUnmodifiableMap(type -> type, type -> new LongAdder()));

  @SuppressWarnings("exports") // For taskauth's own modules.
  public AuditTrail(List<AuditSink> sinks, Ids ids, InstantSource clock) {
    this.sinks = sinks.stream().map(SinkQueue::new).toList();
    this.ids = ids;
    this.clock = clock;
  }

  /** How many events of this kind there were since the start, also those that were left out. */
  public long count(AuditType type) {
    return countOf(type).sum();
  }

  private LongAdder countOf(AuditType type) {
    return Objects.requireNonNull(counts.get(type));
  }

  /** An event about a known account. */
  public void of(AuditType type, User user, ClientInfo client, Map<String, String> details) {
    record(type, user.id(), user.username().value(), null, client, details);
  }

  /** An event about a name that was typed, or about nobody. */
  public void of(
      AuditType type, @Nullable String typedName, ClientInfo client, Map<String, String> details) {
    record(type, null, typedName, null, client, details);
  }

  /** Something that a user did to a session or a token. */
  public void of(
      AuditType type, User by, String target, ClientInfo client, Map<String, String> details) {
    record(type, by.id(), by.username().value(), target, client, details);
  }

  /** Something that a user did to another's account. */
  public void of(
      AuditType type, User by, User target, ClientInfo client, Map<String, String> details) {
    Map<String, String> more = new HashMap<>(details);
    more.put(AuditEvent.TARGET_USERNAME, target.username().value());
    record(type, by.id(), by.username().value(), target.id().toString(), client, more);
  }

  private void record(
      AuditType type,
      @Nullable UUID userId,
      @Nullable String username,
      @Nullable String target,
      ClientInfo client,
      Map<String, String> details) {
    countOf(type).increment();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    OptionalInt leftOut = damper.admit(type, client.ip(), userId, now);
    if (leftOut.isEmpty()) {
      return;
    }
    AuditEvent event =
        new AuditEvent(
            ids.uuidV7(),
            now,
            type,
            type.outcome(),
            userId,
            username,
            client.ip(),
            client.userAgent(),
            target,
            withMore(details, client, leftOut.getAsInt()));
    sinks.forEach(sink -> sink.put(event));
  }

  private static Map<String, String> withMore(
      Map<String, String> details, ClientInfo client, int leftOut) {
    String accessToken = client.accessToken();
    if (leftOut == 0 && accessToken == null) {
      return details;
    }
    Map<String, String> more = new HashMap<>(details);
    if (leftOut > 0) {
      more.put("left_out_before", String.valueOf(leftOut));
    }
    if (accessToken != null) {
      // Or nobody could say after a leak what was done with the token.
      more.put("pat_id", accessToken);
    }
    return more;
  }

  /**
   * Waits until every event so far has been handed to every sink.
   *
   * @return false where that takes longer than {@code patience}
   */
  public boolean settle(Duration patience) {
    boolean settled = true;
    for (SinkQueue sink : sinks) {
      settled &= sink.settle(patience);
    }
    return settled;
  }

  /** The same for the store alone: whoever reads it does not wait for a sink that hangs. */
  boolean settleStore(Duration patience) {
    return sinks.stream().filter(SinkQueue::isOfStore).allMatch(sink -> sink.settle(patience));
  }

  /** Hands over what is waiting, for a few seconds at most, and closes sinks that can be closed. */
  @Override
  public void close() {
    sinks.forEach(SinkQueue::close);
  }
}

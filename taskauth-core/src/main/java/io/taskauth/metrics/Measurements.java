package io.taskauth.metrics;

import io.taskauth.audit.AuditType;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What this node has done and does, as numbers that cost next to nothing to keep. Bind them to a
 * registry of Micrometer's with {@link TaskAuthMetrics}, or read them for another one. Threads may
 * share it.
 */
public final class Measurements {
  private final Sources sources;

  /**
   * Where the numbers come from.
   *
   * @param events how many events of a kind there were, also those that the record left out
   * @param runningSessions empty where there is no store to count them, or it is out
   * @param pendingDeliveries empty where there are no webhooks, or the store is out
   * @param feedBehind as {@code ChangeFeed.behind}
   */
  public record Sources(
      Function<AuditType, Long> events,
      LongSupplier cacheHits,
      LongSupplier cacheMisses,
      LongSupplier waitingForHash,
      LongSupplier liveConnections,
      Supplier<OptionalLong> runningSessions,
      Supplier<Duration> feedBehind,
      Supplier<OptionalLong> pendingDeliveries,
      StoreCalls storeCalls) {}

  public Measurements(Sources sources) {
    this.sources = sources;
  }

  /** How many events of this kind there were since the start, also those that were not recorded. */
  public long events(AuditType type) {
    return sources.events().apply(type);
  }

  /** How many requests found their session or token in memory. */
  public long cacheHits() {
    return sources.cacheHits().getAsLong();
  }

  /** How many had to ask the store. */
  public long cacheMisses() {
    return sources.cacheMisses().getAsLong();
  }

  /** How many sign-ins wait for their turn to hash a password. */
  public long waitingForHash() {
    return sources.waitingForHash().getAsLong();
  }

  /** How many streams and sockets are open on this node. */
  public long liveConnections() {
    return sources.liveConnections().getAsLong();
  }

  /**
   * How many sessions run, on all nodes together; counted by the store, up to half a minute ago.
   *
   * @return empty where there is no store, or it is out
   */
  public OptionalLong runningSessions() {
    return sources.runningSessions().get();
  }

  /**
   * How many deliveries of webhooks wait or are under way, on all nodes together.
   *
   * @return empty where there are no webhooks, or the store is out
   */
  public OptionalLong pendingDeliveries() {
    return sources.pendingDeliveries().get();
  }

  /** How long ago this node was last told of everything; zero where it is told at once. */
  public Duration feedBehind() {
    return sources.feedBehind().get();
  }

  /** Tells {@code listener} of each call of the store from now on. */
  public void onStoreCall(StoreCallListener listener) {
    sources.storeCalls().add(listener);
  }
}

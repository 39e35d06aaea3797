package io.taskauth;

import io.taskauth.store.AuthStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what has ended, for whoever calls: the library does so on its own schedule unless the
 * host has said {@link TaskAuthBuilder#withoutHousekeeping()}. It goes in small batches, so that it
 * never keeps a sign-in waiting, and stops between two of them where its thread is interrupted.
 * Several nodes may do it at once, to no other harm than work done twice. Threads may share it.
 */
public final class Upkeep {
  private static final int BATCH = 500;

  /** Of each part in one go: 200 000 rows, so that what a flood leaves does not pile up. */
  private static final int MAX_BATCHES = 400;

  /** How long a token that has ended can still be asked about. */
  private static final Duration ENDED_TOKENS = Duration.ofDays(30);

  private final AuthStore store;
  private final int auditEvents;
  private final InstantSource clock;

  /**
   * How many of each were removed.
   *
   * @param sessions that were past their end
   * @param secrets that were to be used once: tickets, states, links for choosing a password
   * @param attempts counts of failed sign-ins whose time is over
   * @param accessTokens that ended or were revoked a month ago
   */
  public record Swept(int sessions, int secrets, int attempts, int accessTokens) {
    public int total() {
      return sessions + secrets + attempts + accessTokens;
    }
  }

  /** Removes one batch. */
  @FunctionalInterface
  private interface Part {
    int sweep(Instant now, int limit);
  }

  /**
   * @param auditEvents how many the store keeps
   */
  Upkeep(AuthStore store, int auditEvents, InstantSource clock) {
    this.store = store;
    this.auditEvents = auditEvents;
    this.clock = clock;
  }

  /**
   * Removes sessions, single-use secrets, attempts and access tokens that have ended, 200 000 of
   * each at most. One part that fails does not keep the others from being swept.
   *
   * @throws io.taskauth.store.AuthStoreException where a part failed, once the others are done
   */
  public Swept sweep() {
    List<RuntimeException> failures = new ArrayList<>();
    Swept swept =
        new Swept(
            inBatches((now, limit) -> store.sessions().sweep(now, limit), failures),
            inBatches((now, limit) -> store.secrets().sweep(now, limit), failures),
            inBatches((now, limit) -> store.attempts().sweep(now, limit), failures),
            inBatches(
                (now, limit) -> store.accessTokens().sweep(now.minus(ENDED_TOKENS), limit),
                failures));
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.stream().skip(1).filter(f -> f != first).forEach(first::addSuppressed);
      throw first;
    }
    return swept;
  }

  /**
   * Removes security events from the store, the oldest first, until no more than the configured
   * number is left.
   *
   * @return how many were removed
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public int turnOverAuditLog() {
    return store.audit().trim(auditEvents);
  }

  private int inBatches(Part part, List<RuntimeException> failures) {
    int removed = 0;
    try {
      for (int i = 0; i < MAX_BATCHES && !Thread.currentThread().isInterrupted(); i++) {
        int batch = part.sweep(clock.instant(), BATCH);
        removed += batch;
        if (batch < BATCH) {
          break;
        }
      }
    } catch (RuntimeException e) {
      failures.add(e);
    }
    return removed;
  }
}

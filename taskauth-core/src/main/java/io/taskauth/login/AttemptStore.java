package io.taskauth.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Counts attempts within windows of time. A window begins with the first attempt and does not move.
 * Each method is one atomic step; it throws {@code io.taskauth.store.AuthStoreException} where the
 * store cannot be reached. Implementations are shared by threads.
 */
public interface AttemptStore {
  /**
   * @param count attempts in the window, this one included
   * @param windowEndsAt when counting starts anew
   */
  record Attempts(int count, Instant windowEndsAt) {}

  /** Counts one attempt for each key; none is lost, however many callers count at once. */
  Map<String, Attempts> count(Collection<String> keys, Duration window, Instant now);

  /** Takes one attempt back for each of {@code refund} and all attempts of {@code forget}. */
  void release(Collection<String> refund, Collection<String> forget);

  /**
   * Removes windows that have ended, {@code limit} at most.
   *
   * @return how many were removed
   */
  int sweep(Instant now, int limit);
}

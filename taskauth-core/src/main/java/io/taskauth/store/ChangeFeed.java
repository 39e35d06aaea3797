package io.taskauth.store;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells this node what has changed in the store, whoever changed it. A node may answer from memory
 * only while the feed is current. Threads may share it.
 */
public interface ChangeFeed {
  /**
   * Calls {@code listener} for each change, on the thread of whoever noticed it: it must be quick,
   * must not throw, and must not call the store, which may be waiting for it.
   *
   * @return ends the subscription
   */
  Runnable subscribe(Consumer<Change> listener);

  /**
   * Whether all changes up to a moment ago (a second at most) have been told. False where the feed
   * is interrupted: then nothing that was remembered may be used.
   */
  boolean isCurrent();

  /** How long ago everything had been told; zero where changes are told at once. */
  default Duration behind() {
    return Duration.ZERO;
  }
}

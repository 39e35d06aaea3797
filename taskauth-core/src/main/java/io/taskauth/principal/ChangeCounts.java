package io.taskauth.principal;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How often each account and each credential has changed, as far as this node was told. Counted by
 * stripes: a change may count for a few others too, which costs them one look at the store, and
 * forgetting costs the same however much is remembered. Threads may share it.
 */
final class ChangeCounts {
  private static final int STRIPES = 4096;

  /** One more than the stripes: what counts for all. */
  private final AtomicIntegerArray counts = new AtomicIntegerArray(STRIPES + 1);

  /** What was counted when something was read. */
  record Stamp(short user, short credential, int seen) {}

  /** Ids as tokens name them: the account's, and the session's or access token's. */
  Stamp stamp(String userId, String credentialId) {
    short user = stripe(userId);
    short credential = stripe(credentialId);
    return new Stamp(user, credential, sum(user, credential));
  }

  boolean isStill(Stamp stamp) {
    return sum(stamp.user(), stamp.credential()) == stamp.seen();
  }

  /** Each only grows, so the sum is another as soon as one of them is. */
  private int sum(int user, int credential) {
    return counts.get(user) + counts.get(credential) + counts.get(STRIPES);
  }

  void count(String id) {
    int unused = counts.incrementAndGet(stripe(id));
  }

  void countAll() {
    int unused = counts.incrementAndGet(STRIPES);
  }

  private static short stripe(String id) {
    return (short) Math.floorMod(id.hashCode(), STRIPES);
  }
}

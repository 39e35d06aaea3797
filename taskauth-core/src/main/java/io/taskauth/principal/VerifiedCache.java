package io.taskauth.principal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.internal.Hashes;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;

/**
 * Remembers for a few seconds who a token is, so that a good session or token costs no round trip;
 * forgets at once when the change feed says so, and remembers nothing while the feed is not
 * current. Keys are hashes: a dump of the heap shows no token. Threads may share it.
 */
final class VerifiedCache implements AutoCloseable {
  private static final int STRIPES = 256;

  /** SHA-256 of a token, four longs instead of an array because it must be equal by value. */
  private record Key(long a, long b, long c, long d) {
    static Key of(String token) {
      ByteBuffer digest = ByteBuffer.wrap(Hashes.sha256(token.getBytes(UTF_8)));
      return new Key(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }
  }

  private record Entry(UserPrincipal principal, Instant since) {}

  private final ChangeFeed feed;
  private final Duration life;
  private final boolean off;
  private final Cache<Key, Entry> entries;
  private final Runnable unsubscribe;

  /** How many changes each user (by stripe) has seen; see {@link #remember}. */
  private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

  VerifiedCache(ChangeFeed feed, Duration life, int maxEntries) {
    this.feed = feed;
    this.life = life;
    this.off = maxEntries == 0;
    this.entries = Caffeine.newBuilder().maximumSize(maxEntries).expireAfterWrite(life).build();
    this.unsubscribe = feed.subscribe(this::forget);
  }

  /** Who this token was a moment ago, if nothing has changed since. */
  Optional<UserPrincipal> find(String token, Instant now) {
    if (!feed.isCurrent()) {
      entries.invalidateAll();
      return Optional.empty();
    }
    Entry entry = entries.getIfPresent(Key.of(token));
    if (entry == null || now.isBefore(entry.since()) || !now.isBefore(entry.since().plus(life))) {
      return Optional.empty();
    }
    return Optional.of(entry.principal());
  }

  /** To be read before the store is, and given to {@link #remember} afterwards. */
  long stamp(UUID userId) {
    return changes.get(stripe(userId));
  }

  /**
   * Remembers what the store said, unless the user has changed since {@code stamp}. A change counts
   * first and forgets then; we write first and look at the count then: whichever comes second sees
   * the other, so no stale entry survives.
   */
  void remember(String token, UserPrincipal principal, long stamp, Instant now) {
    // Caffeine evicts behind the scenes: an entry too many lives on for a moment.
    if (off || !feed.isCurrent()) {
      return;
    }
    Key key = Key.of(token);
    entries.put(key, new Entry(principal, now));
    if (stamp(principal.account().id()) != stamp) {
      entries.invalidate(key);
    }
  }

  private void forget(Change change) {
    if (change instanceof Change.OfUser of) {
      forget(of.userId(), entry -> true);
    } else if (change instanceof Change.OfSession of) {
      forget(
          of.userId(),
          entry ->
              entry.principal() instanceof SessionUser user
                  && user.session().id().equals(of.sessionId()));
    } else if (change instanceof Change.OfToken of) {
      forget(
          of.userId(),
          entry ->
              entry.principal() instanceof TokenUser user
                  && user.token().id().equals(of.tokenId()));
    }
  }

  private void forget(UUID userId, Predicate<Entry> which) {
    changes.incrementAndGet(stripe(userId));
    entries
        .asMap()
        .values()
        .removeIf(e -> e.principal().account().id().equals(userId) && which.test(e));
  }

  private static int stripe(UUID userId) {
    return Math.floorMod(userId.hashCode(), STRIPES);
  }

  @Override
  public void close() {
    unsubscribe.run();
    entries.invalidateAll();
  }
}

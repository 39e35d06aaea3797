package io.taskauth.principal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.internal.Hashes;
import io.taskauth.principal.ChangeCounts.Stamp;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.token.TokenClaims;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Remembers for a few seconds who a token is, so that a good session or token costs no round trip;
 * forgets at once when the change feed says so, and remembers nothing while the feed is not
 * current. Keys are hashes: a dump of the heap shows no token. Threads may share it.
 */
final class VerifiedCache implements AutoCloseable {
  /**
   * Half of a token's SHA-256: whoever looks for a text that gives the same 128 bits as a token of
   * somebody else's tries for longer than anybody has.
   */
  private record Key(long high, long low) {
    static Key of(String token) {
      ByteBuffer digest = ByteBuffer.wrap(Hashes.sha256(token.getBytes(UTF_8)));
      return new Key(digest.getLong(), digest.getLong());
    }
  }

  /** The time and the stamp in numbers: there are thousands of these. */
  private record Entry(Principal principal, long since, short user, short credential, int seen) {
    Entry(Principal principal, Instant since, Stamp stamp) {
      this(principal, since.toEpochMilli(), stamp.user(), stamp.credential(), stamp.seen());
    }

    Stamp stamp() {
      return new Stamp(user, credential, seen);
    }
  }

  private final ChangeFeed feed;
  private final long life;
  private final boolean off;
  private final Cache<Key, Entry> entries;
  private final Runnable unsubscribe;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final ChangeCounts changes = new ChangeCounts();

  VerifiedCache(ChangeFeed feed, Duration life, int maxEntries) {
    this.feed = feed;
    this.life = life.toMillis();
    this.off = maxEntries == 0 || life.isZero();
    // Whoever finds an entry looks at its age; for Caffeine to do so takes more room in each.
    this.entries = Caffeine.newBuilder().maximumSize(maxEntries).build();
    this.unsubscribe = feed.subscribe(this::forget);
  }

  /** Who this token was a moment ago, if nothing has changed since. */
  Optional<Principal> find(String token, Instant now) {
    if (off) {
      return Optional.empty();
    }
    if (!feed.isCurrent()) {
      // Also for when it is back, with whatever it has to tell by then.
      changes.countAll();
      return Optional.empty();
    }
    Entry entry = entries.getIfPresent(Key.of(token));
    if (entry != null && isFresh(entry, now) && changes.isStill(entry.stamp())) {
      hits.increment();
      return Optional.of(entry.principal());
    }
    return Optional.empty();
  }

  /** How often somebody was known. */
  long hits() {
    return hits.sum();
  }

  /** How often the store was asked because nobody was. */
  long misses() {
    return misses.sum();
  }

  private boolean isFresh(Entry entry, Instant now) {
    long age = now.toEpochMilli() - entry.since();
    return age >= 0 && age < life;
  }

  /** To be read before the store is, and given to {@link #remember} afterwards. */
  Stamp stamp(TokenClaims claims) {
    misses.increment();
    return changes.stamp(claims.subject(), claims.id());
  }

  /**
   * Remembers what the store said after {@code stamp} was read: it counts only while what it is
   * about has not changed since, so that a change between the store's answer and this is not lost.
   */
  void remember(String token, Principal principal, Stamp stamp, Instant now) {
    // Caffeine evicts behind the scenes: an entry too many lives on for a moment.
    if (!off && feed.isCurrent()) {
      entries.put(Key.of(token), new Entry(principal, now, stamp));
    }
  }

  private void forget(Change change) {
    if (change instanceof Change.OfUser of) {
      changes.count(of.userId().toString());
    } else if (change instanceof Change.OfSession of) {
      changes.count(of.sessionId().value());
    } else if (change instanceof Change.OfService of) {
      changes.count(of.accountId().toString());
    } else if (change instanceof Change.OfToken of) {
      changes.count(of.tokenId().value());
    } else if (change instanceof Change.Missed) {
      changes.countAll();
    }
  }

  @Override
  public void close() {
    unsubscribe.run();
    entries.invalidateAll();
  }
}

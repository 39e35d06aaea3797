package io.taskauth.oauth;

import io.taskauth.service.ProviderUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document of a provider's, kept for a while. One thread at a time asks for a new one; the others
 * take what comes of that, so that an outage does not make them queue for one timeout each.
 */
final class Cached<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Cached.class);

  /** Where the document comes from. */
  interface Source<T> {
    T load() throws RefusedException;
  }

  /** No record: two of them are never the same, whatever is in them. */
  private static final class Copy<T> {
    final T value;
    final Instant at;

    Copy(T value, Instant at) {
      this.value = value;
      this.at = at;
    }

    boolean isYoungerThan(Duration age, Instant now) {
      return now.isBefore(at.plus(age));
    }
  }

  /** How long a provider is left alone while we have a copy. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  /** How long it is left alone after it failed us. Anybody can make us ask, signed in or not. */
  static final Duration BREATHER = Duration.ofSeconds(2);

  /** How long others wait for whoever asks. */
  private static final Duration TURN = Duration.ofSeconds(2);

  private static final Duration FRESH = Duration.ofHours(1);

  private final String name;
  private final Source<T> source;
  private final Duration inOutage;
  private final InstantSource clock;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable Copy<T> copy;
  private volatile @Nullable Instant lastTry;
  private @Nullable ProviderUnavailableException outage;
  private @Nullable RefusedException refusal;

  /**
   * @param name for the log
   * @param inOutage how old a copy may be that is used while there is no newer one to be had
   */
  Cached(String name, Source<T> source, Duration inOutage, InstantSource clock) {
    this.name = name;
    this.source = source;
    this.inOutage = inOutage;
    this.clock = clock;
  }

  /** The document, an hour old at most unless there is no newer one to be had. */
  T get() throws RefusedException {
    Instant now = clock.instant();
    Copy<T> known = copy;
    if (known == null || !known.isYoungerThan(inOutage, now)) {
      return load(known);
    }
    if (known.isYoungerThan(FRESH, now) || loading.isLocked() || isTriedWithin(PAUSE)) {
      return known.value;
    }
    try {
      return load(known);
    } catch (RefusedException | ProviderUnavailableException e) {
      LOG.warn("Using the {} of {}: {}", name, known.at, e.getMessage());
      return known.value;
    }
  }

  /**
   * The document as it is now, for somebody who misses something in it; not asked for again within
   * the {@link #PAUSE}, or anybody could make us flood the provider.
   */
  T renewed() throws RefusedException {
    Copy<T> known = copy;
    if (known != null && (loading.isLocked() || isTriedWithin(PAUSE))) {
      return known.value;
    }
    return load(known);
  }

  /**
   * Asks for the document, however lately that was done: for a schedule, never for what anybody can
   * send.
   */
  void askAnew() throws RefusedException {
    if (!isTurn()) {
      throw busy();
    }
    try {
      T unused = ask();
    } finally {
      loading.unlock();
    }
  }

  private ProviderUnavailableException busy() {
    return new ProviderUnavailableException(name + " is being asked, and takes its time");
  }

  private boolean isTriedWithin(Duration time) {
    Instant last = lastTry;
    return last != null && clock.instant().isBefore(last.plus(time));
  }

  private T load(@Nullable Copy<T> seen) throws RefusedException {
    if (!isTurn()) {
      throw busy();
    }
    try {
      Copy<T> known = copy;
      if (known != null && known != seen) {
        return known.value;
      }
      if (outage != null && isTriedWithin(BREATHER)) {
        throw outage;
      }
      if (refusal != null && isTriedWithin(BREATHER)) {
        throw refusal;
      }
      return ask();
    } finally {
      loading.unlock();
    }
  }

  /** Whoever has no copy waits for the one who asks, but not with all threads of a server. */
  private boolean isTurn() {
    try {
      return loading.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private T ask() throws RefusedException {
    outage = null;
    refusal = null;
    try {
      T value = source.load();
      copy = new Copy<>(value, clock.instant());
      return value;
    } catch (ProviderUnavailableException e) {
      outage = e;
      throw e;
    } catch (RefusedException e) {
      refusal = e;
      throw e;
    } finally {
      lastTry = clock.instant();
    }
  }
}

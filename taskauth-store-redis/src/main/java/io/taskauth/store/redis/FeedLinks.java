package io.taskauth.store.redis;

import io.taskauth.store.LeasedFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The subscriptions of one beginning of the feed: together they hear everything, or it is over. */
final class FeedLinks {
  private final LeasedFeed feed;
  private long began;
  private final List<FeedLink> links = new ArrayList<>();
  private boolean worked;
  private boolean over;

  FeedLinks(LeasedFeed feed) {
    this.feed = feed;
  }

  void add(FeedLink link) {
    links.add(link);
  }

  void open(Duration timeout) {
    for (FeedLink link : links) {
      link.open(timeout);
    }
    began = feed.now();
  }

  /**
   * Asks each for a proof. A server that is slow to answer has missed nothing, and the feed is not
   * current meanwhile; one that stays silent for longer may be gone.
   */
  void ping(long now, Duration patience) {
    for (FeedLink link : links) {
      link.ping(now);
      long answered = link.isProven() ? link.provenSince() : began;
      if (now - answered > patience.toNanos()) {
        throw new FeedLostException("no answer from " + link.server());
      }
    }
  }

  void check() {
    links.forEach(FeedLink::check);
  }

  /**
   * Says how far the feed is proven: as far as the link whose proof is the oldest. Never again once
   * it is over, or the feed would take a gap for closed before the next beginning has closed it.
   */
  synchronized boolean prove() {
    if (over || !links.stream().allMatch(FeedLink::isProven)) {
      return false;
    }
    long oldest = links.get(0).provenSince();
    for (FeedLink link : links) {
      oldest = link.provenSince() - oldest < 0 ? link.provenSince() : oldest;
    }
    feed.proven(oldest);
    worked = true;
    return true;
  }

  synchronized boolean haveWorked() {
    return worked;
  }

  /** Ends all of it, and says so. */
  void lose(String reason) {
    synchronized (this) {
      over = true;
      feed.lost(reason);
    }
    links.forEach(FeedLink::close);
  }

  /** Ends all of it with the store. */
  void close() {
    synchronized (this) {
      over = true;
    }
    links.forEach(FeedLink::close);
  }
}

package io.taskauth.store.redis;

import io.taskauth.store.LeasedFeed;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps a subscription on every master, because a script publishes on the server that runs it. One
 * that fails, or masters that are others now, and all of them begin anew: what was published in
 * between is lost, and the listeners hear that it may be.
 */
final class FeedListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FeedListener.class);
  private static final Duration MIN_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** How often the masters are asked for; whoever is in doubt asks sooner. */
  private static final int BEATS_BETWEEN_LOOKS = 4;

  private final Servers servers;
  private final Keys keys;
  private final String own;
  private final Changes changes;
  private final LeasedFeed feed;
  private final Duration timeout;
  private final Thread thread = new Thread(this::run, "taskauth-redis-feed");
  private final CountDownLatch firstProof = new CountDownLatch(1);
  private final Object bell = new Object();
  private volatile boolean closed;

  FeedListener(Servers servers, Keys keys, Changes changes, LeasedFeed feed, Duration timeout) {
    this.servers = servers;
    this.keys = keys;
    this.own = keys.channel() + ":" + UUID.randomUUID();
    this.changes = changes;
    this.feed = feed;
    this.timeout = timeout;
    thread.setDaemon(true);
  }

  /**
   * Starts, and waits a moment for the feed to be current; where it takes longer it comes later.
   */
  void start(Duration patience) {
    thread.start();
    try {
      boolean unused = firstProof.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = MIN_PAUSE;
    while (!closed) {
      FeedLinks links = new FeedLinks(feed);
      listen(links);
      pause = links.haveWorked() ? MIN_PAUSE : min(pause.multipliedBy(2), MAX_PAUSE);
      await(pause);
    }
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Listens until it cannot any more. */
  private void listen(FeedLinks links) {
    String reason;
    try {
      servers.learn();
      Set<HostAndPort> masters = servers.masters();
      for (HostAndPort master : masters) {
        links.add(link(master, links));
      }
      links.open(timeout);
      beat(links, masters);
      reason = "closed";
    } catch (FeedLostException e) {
      reason = String.valueOf(e.getMessage());
    } catch (JedisException e) {
      log.debug("the feed has to begin anew", e);
      reason = "no connection to a master";
    } catch (RuntimeException | Error e) {
      // Also errors: without this thread every request would ask the store for good.
      log.error("the feed has failed and begins anew", e);
      reason = "an error";
    }
    if (closed) {
      links.close();
    } else {
      links.lose(reason);
      // What has cut the subscription may have cut the others.
      servers.dropIdle();
    }
  }

  private FeedLink link(HostAndPort master, FeedLinks links) {
    return new FeedLink(
        master,
        servers.subscriber(master),
        prover(master),
        keys.channel(),
        changes::heard,
        () -> {
          if (links.prove()) {
            firstProof.countDown();
          }
          ring();
        });
  }

  /** In a cluster no key is known to be on a given master; there the map of slots is asked for. */
  private @Nullable Prover prover(HostAndPort master) {
    return servers instanceof OneMaster
        ? new Prover(servers.subscriber(master), keys.proof(), own)
        : null;
  }

  private void beat(FeedLinks links, Set<HostAndPort> masters) {
    Duration patience = max(timeout, LeasedFeed.LEASE);
    for (int beats = 1; !closed; beats++) {
      long now = feed.now();
      links.ping(now, patience);
      waitForNextBeat(links, now);
      if (beats % BEATS_BETWEEN_LOOKS == 0) {
        servers.learn();
      }
      if (!servers.masters().equals(masters)) {
        throw new FeedLostException("other servers are the masters now");
      }
    }
  }

  private void waitForNextBeat(FeedLinks links, long since) {
    long left = LeasedFeed.BEAT.toNanos();
    while (left > 0 && !closed) {
      await(Duration.ofNanos(left));
      links.check();
      left = LeasedFeed.BEAT.toNanos() - (feed.now() - since);
    }
  }

  /** Until somebody rings, or that long. */
  private void await(Duration duration) {
    synchronized (bell) {
      if (!closed) {
        try {
          TimeUnit.NANOSECONDS.timedWait(bell, Math.max(1_000_000, duration.toNanos()));
        } catch (InterruptedException e) {
          closed = true;
        }
      }
    }
  }

  private void ring() {
    synchronized (bell) {
      bell.notifyAll();
    }
  }

  @Override
  public void close() {
    closed = true;
    ring();
    try {
      thread.join(MAX_PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

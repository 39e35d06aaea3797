package io.taskauth.store.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A subscription on one server. What a server publishes comes in order, on the same connection, and
 * so does its answer to a ping: what is asked for now and comes back is the proof that nothing from
 * before was missed.
 */
final class FeedLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FeedLink.class);

  private final HostAndPort server;
  private final Connection connection;
  private final Subscription subscription;
  private final @Nullable Prover prover;
  private final Thread reader;
  private final CountDownLatch subscribed;
  private volatile @Nullable String failure;
  private volatile boolean proven;
  private volatile long provenSince;

  /**
   * @param prover asks for proofs by what it publishes; null to ping instead
   * @param heard is told each message, on the thread of this link
   * @param moved is called when there is a new proof, or the link has failed
   */
  FeedLink(
      HostAndPort server,
      Connection connection,
      @Nullable Prover prover,
      String channel,
      Consumer<String> heard,
      Runnable moved) {
    this.server = server;
    this.connection = connection;
    this.prover = prover;
    String[] channels =
        prover == null ? new String[] {channel} : new String[] {channel, prover.channel()};
    this.subscribed = new CountDownLatch(channels.length);
    this.subscription = new Subscription(heard, moved);
    this.reader = new Thread(() -> read(channels, moved), "taskauth-redis-feed-" + server);
    reader.setDaemon(true);
  }

  private final class Subscription extends JedisPubSub {
    private final Consumer<String> heard;
    private final Runnable moved;

    Subscription(Consumer<String> heard, Runnable moved) {
      this.heard = heard;
      this.moved = moved;
    }

    @Override
    public void onSubscribe(String channel, int count) {
      subscribed.countDown();
    }

    @Override
    public void onMessage(String channel, String message) {
      if (prover != null && channel.equals(prover.channel())) {
        onPong(message);
      } else {
        heard.accept(message);
      }
    }

    @Override
    public void onPong(String since) {
      provenSince = Long.parseLong(since);
      proven = true;
      moved.run();
    }
  }

  private void read(String[] channels, Runnable moved) {
    try {
      subscription.proceed(connection, channels);
      failure = "the subscription ended";
    } catch (JedisAccessControlException e) {
      failure = "the user may not subscribe to " + String.join(", ", channels) + " at " + server;
    } catch (JedisException | NumberFormatException e) {
      failure = "the connection to " + server + " is gone";
      log.debug("{}: {}", failure, e.toString());
    } finally {
      while (subscribed.getCount() > 0) {
        subscribed.countDown();
      }
      moved.run();
    }
  }

  /** Subscribes, and comes back when the server has said so. */
  void open(Duration timeout) {
    reader.start();
    try {
      if (!subscribed.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        failure = "no answer from " + server;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  HostAndPort server() {
    return server;
  }

  /** Asks for a proof about what was before {@code since}. */
  void ping(long since) {
    check();
    if (prover == null) {
      subscription.ping(String.valueOf(since));
    } else {
      prover.send(String.valueOf(since));
    }
  }

  /** Why nothing more comes through this link, if that is so. */
  void check() {
    String why = failure;
    if (why != null) {
      throw new FeedLostException(why);
    }
  }

  /** Whether it works, and has proved so. */
  boolean isProven() {
    return proven && failure == null;
  }

  /** What the last proof is about. */
  long provenSince() {
    return provenSince;
  }

  @Override
  public void close() {
    if (prover != null) {
      prover.close();
    }
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      log.debug("a subscription could not be closed", e);
    }
  }
}

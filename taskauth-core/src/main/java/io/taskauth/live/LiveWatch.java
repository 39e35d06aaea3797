package io.taskauth.live;

import io.taskauth.principal.Principal;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.principal.Standing;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.ChangeFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round the groups of live connections, asks again about those that something was heard of,
 * and ends what nobody vouches for. While the change feed is interrupted it asks about all of them,
 * several times a second.
 */
final class LiveWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveWatch.class);
  private static final long ROUND = Duration.ofMillis(50).toNanos();
  private static final long IDLE_ROUND = Duration.ofSeconds(1).toNanos();

  /** How old an answer may be while the feed tells nothing. */
  private static final long ASK_AGAIN = Duration.ofMillis(300).toNanos();

  /** How long they may go on while the store answers nobody. */
  private static final long SILENCE = Duration.ofMillis(700).toNanos();

  /** How long they may wait for their turn while it answers others. */
  private static final long QUEUE = Duration.ofSeconds(3).toNanos();

  private final LiveRegistry registry;
  private final ChangeFeed feed;
  private final Standing standing;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Thread> watcher = new AtomicReference<>();

  /**
   * Apart from each other: neither a store that hangs nor a system that takes its time keeps
   * connections from being ended.
   */
  private final ExecutorService asking = pool("taskauth-live-ask", 16);

  private final ExecutorService askingElsewhere = pool("taskauth-live-ask-elsewhere", 8);

  /** As many as it takes: one that is slow to end must not keep another open. */
  private final ExecutorService ending =
      Executors.newCachedThreadPool(work -> daemon(work, "taskauth-live-end"));

  /** When the store last answered. By {@code nanoTime}. */
  private volatile long answeredAt = System.nanoTime();

  private volatile boolean closed;

  LiveWatch(LiveRegistry registry, ChangeFeed feed, Standing standing, InstantSource clock) {
    this.registry = registry;
    this.feed = feed;
    this.standing = standing;
    this.clock = clock;
  }

  private static ExecutorService pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** There is something to look at. The thread is started by the first that says so. */
  void wake() {
    Thread running = watcher.get();
    if (running == null && !closed) {
      Thread made = daemon(this::watch, "taskauth-live");
      if (watcher.compareAndSet(null, made)) {
        made.start();
      }
    }
    LockSupport.unpark(watcher.get());
  }

  void later(Runnable end) {
    try {
      ending.execute(end);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: whoever registers now ends their own connection.
      end.run();
    }
  }

  private void watch() {
    while (!closed) {
      try {
        boolean any = round();
        LockSupport.parkNanos(any ? ROUND : IDLE_ROUND);
      } catch (RuntimeException | Error e) {
        // Without this thread streams would outlive their sessions.
        log.error("a round over the live connections failed", e);
        LockSupport.parkNanos(ROUND);
      }
    }
  }

  private boolean round() {
    boolean any = false;
    boolean current = feed.isCurrent();
    for (LiveGroup group : registry.groups()) {
      any = true;
      long now = System.nanoTime();
      boolean old = !current && now - group.answeredAt() > ASK_AGAIN;
      if (!old && !group.isDue(clock.instant())) {
        group.trust();
        continue;
      }
      group.doubt(now);
      if (isBeyondDoubt(group, now)) {
        registry.end(group, EndReason.UNVERIFIED);
      } else if (group.beginAsking()) {
        ask(group);
      }
    }
    return any;
  }

  /**
   * Whether they have gone on for too long without a word. Another system may take its time: what
   * it said last has an end of its own.
   */
  private boolean isBeyondDoubt(LiveGroup group, long now) {
    long doubt = group.doubtFor(now);
    return !Standing.isForeign(group.who())
        && (doubt > QUEUE || (doubt > SILENCE && now - answeredAt > SILENCE));
  }

  private void ask(LiveGroup group) {
    try {
      (Standing.isForeign(group.who()) ? askingElsewhere : asking)
          .execute(
              () -> {
                try {
                  answer(group);
                } finally {
                  group.asked();
                  LockSupport.unpark(watcher.get());
                }
              });
    } catch (RejectedExecutionException e) {
      group.asked();
    }
  }

  private void answer(LiveGroup group) {
    if (group.isEmpty()) {
      return;
    }
    long heard = group.heard();
    long at = System.nanoTime();
    try {
      Optional<Principal> who = standing.now(group.who());
      if (!Standing.isForeign(group.who())) {
        answeredAt = System.nanoTime();
      }
      if (who.isEmpty()) {
        registry.end(group, EndReason.CREDENTIAL_ENDED);
      } else {
        goesOn(group, who.get(), heard, at);
        registry.end(group, group.openedByOthersThan(who.get()), EndReason.CREDENTIAL_ENDED);
      }
    } catch (AuthStoreException e) {
      log.debug("nobody can say whether a live connection may go on", e);
      // Perhaps only the part of the store is out that these are in.
      if (group.doubtFor(System.nanoTime()) > SILENCE) {
        registry.end(group, EndReason.UNVERIFIED);
      }
    } catch (ProviderUnavailableException e) {
      withoutWord(group, heard, at);
    } catch (Exception | LinkageError | StackOverflowError e) {
      log.error("it could not be found out whether a live connection may go on", e);
    }
  }

  /** Nothing was said against it, but its end is known. */
  private void withoutWord(LiveGroup group, long heard, long at) {
    if (group.who() instanceof ServicePrincipal service
        && service.service().isPast(clock.instant())) {
      registry.end(group, EndReason.CREDENTIAL_ENDED);
    } else {
      goesOn(group, group.who(), heard, at);
    }
  }

  private void goesOn(LiveGroup group, Principal who, long heard, long at) {
    group.answered(new LiveGroup.Answer(who, heard, at, standing.goodUntil(who)));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watcher.get());
    asking.shutdownNow();
    askingElsewhere.shutdownNow();
    ending.shutdown();
    try {
      boolean unused = ending.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

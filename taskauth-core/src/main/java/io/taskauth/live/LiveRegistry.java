package io.taskauth.live;

import io.taskauth.live.LiveGroup.Live;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Standing;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams and sockets of this node, each ended within a second of its session's, token's or
 * account's end, on whatever node that came to be: by logout, revocation, expiry, deactivation, or
 * another role (OWASP ASVS 5.0, V7.4). Where nobody can say for a moment, because the store is out,
 * they are ended too: whoever may come back does.
 *
 * <p>Costs one thread, and while nothing changes no call of the store but the one when a connection
 * is registered. Threads may share it.
 */
public final class LiveRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveRegistry.class);

  private final Map<Object, LiveGroup> groups = new ConcurrentHashMap<>();
  private final LiveWatch watch;
  private final Runnable unsubscribe;
  private volatile boolean closed;

  /** A connection that is known here. */
  public interface Registration extends AutoCloseable {
    /**
     * It has come to its end by itself, or is of no more interest. Does nothing the second time.
     */
    @Override
    void close();
  }

  public LiveRegistry(ChangeFeed feed, Standing standing, InstantSource clock) {
    this.watch = new LiveWatch(this, feed, standing, clock);
    this.unsubscribe = feed.subscribe(this::hear);
  }

  /**
   * Takes a connection into care. It is ended at once where its credential is good no more.
   *
   * @param openedBy as the request found them
   */
  public Registration register(Principal openedBy, LiveConnection connection) {
    Live live = new Live(openedBy, connection);
    Object credential = LiveGroup.credential(openedBy);
    LiveGroup unused =
        groups.compute(
            credential,
            (same, known) -> {
              LiveGroup group = known == null ? new LiveGroup(openedBy, System.nanoTime()) : known;
              group.add(live);
              return group;
            });
    if (closed) {
      endAll(EndReason.GOING_AWAY);
    }
    watch.wake();
    return () -> {
      live.forget();
      forget(credential, live);
    };
  }

  private void forget(Object credential, Live live) {
    LiveGroup unused =
        groups.computeIfPresent(
            credential,
            (same, group) -> {
              group.remove(live);
              return group.isEmpty() ? null : group;
            });
  }

  /** How many connections there are. */
  public int count() {
    return groups.values().stream().mapToInt(group -> group.connections().size()).sum();
  }

  /** Ends all of them; they may still be at it when this returns. */
  public void endAll(EndReason reason) {
    groups().forEach(group -> end(group, reason));
  }

  Collection<LiveGroup> groups() {
    return List.copyOf(groups.values());
  }

  /** Whoever registers with the same credential from here on begins a group of their own. */
  void end(LiveGroup group, EndReason reason) {
    if (groups.remove(group.credential(), group)) {
      group.connections().forEach(live -> end(live, reason));
    }
  }

  /** Ends some of a group. */
  void end(LiveGroup group, Collection<Live> some, EndReason reason) {
    for (Live live : some) {
      forget(group.credential(), live);
      end(live, reason);
    }
  }

  private void end(Live live, EndReason reason) {
    watch.later(
        () -> {
          try {
            live.end(reason);
          } catch (RuntimeException | Error e) {
            log.warn("a live connection could not be ended", e);
          }
        });
  }

  /** On the thread of whoever noticed the change: it looks at nothing but memory. */
  private void hear(Change change) {
    boolean any = false;
    for (LiveGroup group : groups.values()) {
      if (group.isAbout(change)) {
        group.hear();
        any = true;
      }
    }
    if (any) {
      watch.wake();
    }
  }

  /** Ends all connections, and those that come later at once. */
  @Override
  public void close() {
    closed = true;
    unsubscribe.run();
    endAll(EndReason.GOING_AWAY);
    watch.close();
  }
}

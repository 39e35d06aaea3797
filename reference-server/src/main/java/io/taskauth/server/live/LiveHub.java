package io.taskauth.server.live;

import io.taskauth.audit.AuditEvent;
import io.taskauth.live.EndReason;
import io.taskauth.server.task.run.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who listens to this process, and the one thread that tells them. Threads may share it.
 */
public final class LiveHub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveHub.class);
  private static final int MAX_LISTENERS = 5000;

  /** Many windows of one person; not a script that opens thousands. */
  private static final int MAX_PER_NAME = 200;

  private static final int MAX_WAITING = 10_000;
  private static final int REMEMBERED = 100;
  private static final int CATCH_UP = 10;
  private static final long TICK_SECONDS = 2;
  private static final int TICKS_PER_BEAT = 5;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(LiveHub::daemon);
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Listener> listeners = new HashSet<>();
  private final Deque<AuditEvent> recent = new ArrayDeque<>();
  private boolean closed;
  private int ticks;

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "live");
    made.setDaemon(true);
    return made;
  }

  /**
   * Tells from now on how the process is, and keeps connections alive.
   *
   * @param process asked only while somebody wants to know
   */
  public void start(Supplier<Map<String, @Nullable Object>> process) {
    var unused =
        thread.scheduleAtFixedRate(
            () -> tick(process), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Lets a connection listen.
   *
   * @return whether there is room for it
   */
  boolean join(Listener listener) {
    String name = listener.audience().name();
    lock.lock();
    try {
      long own = listeners.stream().filter(l -> l.audience().name().equals(name)).count();
      return !closed
          && listeners.size() < MAX_LISTENERS
          && own < MAX_PER_NAME
          && listeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  void leave(Listener listener) {
    lock.lock();
    try {
      boolean unused = listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }

  private List<Listener> everybody() {
    lock.lock();
    try {
      return new ArrayList<>(listeners);
    } finally {
      lock.unlock();
    }
  }

  /** How many connections there are. */
  public int size() {
    return everybody().size();
  }

  public void runChanged(Run run) {
    publish(LiveEvent.RunChanged.of(run));
  }

  public void securityEvent(AuditEvent event) {
    lock.lock();
    try {
      recent.addFirst(event);
      if (recent.size() > REMEMBERED) {
        AuditEvent unused = recent.removeLast();
      }
    } finally {
      lock.unlock();
    }
    publish(new LiveEvent.Security(event));
  }

  /** What this process has recently seen of that which this audience may see, newest first. */
  public List<AuditEvent> recent(Audience audience, int limit) {
    lock.lock();
    try {
      return recent.stream().map(audience::view).flatMap(Optional::stream).limit(limit).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Tells a new listener what it has perhaps missed; each event has an id to know it by. */
  void catchUp(Listener listener) {
    List<AuditEvent> missed = new ArrayList<>(recent(listener.audience(), CATCH_UP));
    Collections.reverse(missed);
    missed.forEach(event -> listener.on(new LiveEvent.Security(event)));
  }

  /** Comes back at once: whoever publishes may hold a lock. */
  private void publish(LiveEvent event) {
    if (waiting.get() >= MAX_WAITING) {
      log.warn("too much happens at once; live connections miss some of it");
      return;
    }
    waiting.incrementAndGet();
    try {
      thread.execute(
          () -> {
            int unused = waiting.decrementAndGet();
            tell(everybody(), listener -> listener.on(event));
          });
    } catch (RejectedExecutionException e) {
      log.debug("nobody listens any more");
    }
  }

  private void tick(Supplier<Map<String, @Nullable Object>> process) {
    List<Listener> everybody = everybody();
    if (everybody.stream().anyMatch(Listener::wantsProcess)) {
      LiveEvent state = LiveEvent.ProcessState.of(process.get());
      tell(everybody, listener -> listener.on(state));
    }
    ticks++;
    if (ticks % TICKS_PER_BEAT == 0) {
      tell(everybody, Listener::beat);
    }
  }

  /** One that fails must not keep the others from hearing. */
  private static void tell(List<Listener> everybody, Consumer<Listener> what) {
    for (Listener listener : everybody) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        log.debug("a live connection failed", e);
        listener.end(EndReason.GOING_AWAY);
      }
    }
  }

  /** Ends all connections and lets none in. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    everybody().forEach(listener -> listener.end(EndReason.GOING_AWAY));
    thread.shutdown();
  }
}

package io.taskauth.webhook;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries out of the queue and makes their attempts, a bounded number at once. Receivers
 * that answered last time and those that did not have workers of their own: however many are dead,
 * the others do not wait for them.
 */
final class DeliveryWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

  /** How many attempts of one kind of receivers are under way on this node. */
  private static final int WORKERS = 8;

  /** Of one receiver, on all nodes: it shall not be flooded by its own backlog. */
  private static final int OF_ONE = 2;

  /**
   * What an attempt may take beyond its own limit before others may think that it is lost. Whoever
   * thinks so too early sends it twice, which receivers have to expect.
   */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** How long nobody looks when nothing is told: what is due later, other nodes that were lost. */
  private static final long LOOK_MILLIS = 1000;

  private static final Pattern WEBHOOK =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** How often what is old is removed, where this is not left to the host. */
  private static final Duration TIDY = Duration.ofMinutes(5);

  private final WorkStore store;
  private final Subscriptions subscriptions;
  private final DeliveryAttempt attempt;
  private final InstantSource clock;
  private final String name;
  private final Semaphore healthy = new Semaphore(WORKERS);
  private final Semaphore suspect = new Semaphore(WORKERS);
  private final Map<UUID, Boolean> failedLast = new ConcurrentHashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private final ExecutorService workers =
      Executors.newFixedThreadPool(2 * WORKERS, threads("taskauth-webhook"));
  private final Thread dispatcher;
  private final Runnable unsubscribe;
  private @Nullable Runnable tidying;
  private Instant tidyAt = Instant.MAX;
  private volatile boolean closed;
  private boolean saidThatItWaits;

  /**
   * @param name of this node, that no other has
   */
  DeliveryWorker(
      WorkStore store,
      ChangeFeed feed,
      Subscriptions subscriptions,
      DeliveryAttempt attempt,
      InstantSource clock,
      String name) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.attempt = attempt;
    this.clock = clock;
    this.name = name;
    this.unsubscribe = feed.subscribe(this::hear);
    this.dispatcher = threads("taskauth-webhooks").newThread(this::run);
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  void start() {
    dispatcher.start();
  }

  /** Before the start: what is to be done now and then besides. */
  void tidyWith(Runnable work) {
    tidying = work;
    tidyAt = clock.instant().plus(TIDY);
  }

  private void hear(Change change) {
    if (change instanceof Change.Missed
        || (change instanceof Change.OfWork of && of.pool().equals(Deliveries.POOL))) {
      wake.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        boolean unused = wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        // Many changes are one reason to look.
        wake.drainPermits();
        lookAround();
        tidyWhereDue();
        saidThatItWaits = false;
      } catch (InterruptedException e) {
        return;
      } catch (AuthStoreException e) {
        complain(e);
      } catch (RuntimeException | Error e) {
        log.error("webhooks could not be looked after, and will be again", e);
      }
    }
  }

  private void tidyWhereDue() {
    Instant now = clock.instant();
    if (tidying != null && !now.isBefore(tidyAt)) {
      tidyAt = now.plus(TIDY);
      tidying.run();
    }
  }

  private void complain(AuthStoreException e) {
    if (!saidThatItWaits) {
      saidThatItWaits = true;
      log.warn("webhooks have to wait for the store: {}", e.toString());
    }
  }

  private void lookAround() {
    Instant now = clock.instant();
    List<Lane> due =
        store.lanes(Deliveries.POOL).stream()
            .filter(lane -> lane.next() != null && !lane.next().isAfter(now))
            // What nobody here has put there must not keep the rest from being sent.
            .filter(lane -> WEBHOOK.matcher(lane.name()).matches())
            // Whoever has waited for longest comes first.
            .sorted(Comparator.comparing(lane -> Optional.ofNullable(lane.next()).orElse(now)))
            .toList();
    List<Lane> more = new ArrayList<>(due);
    // One of each, then another of each: a long queue keeps nobody from having a turn.
    while (!more.isEmpty() && !closed) {
      more.removeIf(lane -> !take(lane));
    }
  }

  /** Whether one of these was taken, so that there may be another. */
  private boolean take(Lane lane) {
    UUID id = UUID.fromString(lane.name());
    Subscription subscription = subscriptions.find(id).orElse(null);
    if (subscription != null && !subscription.webhook().enabled()) {
      return false;
    }
    Semaphore room = failedLast.containsKey(id) ? suspect : healthy;
    if (!room.tryAcquire()) {
      return false;
    }
    boolean handedOver = false;
    try {
      Optional<Work> claimed = store.claim(claim(lane.name(), subscription));
      if (claimed.isEmpty()) {
        return false;
      }
      workers.execute(() -> deliver(id, subscription, claimed.get(), room));
      handedOver = true;
      return true;
    } finally {
      if (!handedOver) {
        room.release();
      }
    }
  }

  private Claim claim(String webhook, @Nullable Subscription subscription) {
    Instant now = clock.instant();
    Duration limit = subscription == null ? Duration.ZERO : subscription.webhook().timeout();
    return new Claim(
        Deliveries.POOL,
        webhook,
        OF_ONE,
        Set.of(webhook),
        OF_ONE,
        name,
        now,
        now.plus(limit).plus(MARGIN));
  }

  private void deliver(UUID id, @Nullable Subscription subscription, Work work, Semaphore room) {
    try {
      Settlement settlement = subscription == null ? deleted() : attempt.make(subscription, work);
      note(id, settlement.status() == WorkStatus.SUCCEEDED);
      boolean ours = store.settle(work.item().id(), name, work.item().attempts(), settlement);
      if (!ours) {
        log.debug("a delivery was taken over by another node, or its webhook deleted");
      }
    } catch (AuthStoreException e) {
      // The lease ends, and it is sent once more: receivers know it again by its webhook-id.
      log.warn("what came of a delivery could not be noted: {}", e.toString());
    } catch (RuntimeException | Error e) {
      log.error("a delivery could not be made", e);
      giveUp(work);
    } finally {
      room.release();
      wake.release();
    }
  }

  /** What fails here fails each time: to leave it would be to try it for ever. */
  private void giveUp(Work work) {
    Instant now = clock.instant();
    String note =
        DeliveryText.note(
            new Delivery.Attempt(now, null, "It could not be made; the server's log says why.", 0),
            false);
    try {
      boolean unused =
          store.settle(
              work.item().id(),
              name,
              work.item().attempts(),
              Settlement.finished(WorkStatus.FAILED, now, note, null));
    } catch (RuntimeException e) {
      log.warn("nor could that be noted: {}", e.toString());
    }
  }

  private void note(UUID id, boolean answered) {
    if (answered) {
      failedLast.remove(id);
    } else {
      failedLast.put(id, true);
    }
  }

  private Settlement deleted() {
    return Settlement.finished(WorkStatus.CANCELLED, clock.instant(), null, null);
  }

  /** Forgets whether receivers answered that are no longer subscribed. */
  void forget(UUID id) {
    failedLast.remove(id);
  }

  /** Begins no attempt, and leaves those that are under way a moment to end. */
  @Override
  public void close() {
    closed = true;
    unsubscribe.run();
    dispatcher.interrupt();
    try {
      // First, or it would take what nobody is left to deliver.
      dispatcher.join(1000);
      workers.shutdown();
      if (!workers.awaitTermination(3, TimeUnit.SECONDS)) {
        List<Runnable> unused = workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.taskauth.webhook;

import io.taskauth.internal.Ids;
import io.taskauth.internal.LogPause;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.work.NewWork;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be delivered, and what was, in the store. Threads share it. */
final class Deliveries {
  /** Whose work it is in the store. */
  static final String POOL = "webhooks";

  /** How many finished ones of each webhook are kept. */
  static final int KEPT = 200;

  /** How many may wait for one webhook: a receiver that is gone must not fill the store. */
  static final int MAX_WAITING = 1000;

  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final int TRIMMED_TOGETHER = 500;

  private final WorkStore store;
  private final InstantSource clock;
  private final Ids ids;
  private final LogPause complaints = new LogPause();

  Deliveries(WorkStore store, InstantSource clock, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Puts an event into the queue of each of these, in one step. Their ids are made of the event's:
   * one that is published again, because nobody knows whether it was, is there already.
   */
  void add(List<Subscription> subscriptions, WebhookEvent event) {
    String input =
        DeliveryText.input(
            new DeliveryText.Message(
                DeliveryText.messageId(event), DeliveryText.payload(event), false));
    Instant now = clock.instant();
    List<NewWork> all =
        subscriptions.stream()
            .map(one -> one.webhook().id())
            .map(
                webhook ->
                    new NewWork(
                        deliveryId(event, webhook),
                        POOL,
                        webhook.toString(),
                        event.type(),
                        now,
                        now,
                        input))
            .toList();
    Set<UUID> added = store.add(all, MAX_WAITING);
    if (added.size() < all.size() && complaints.isOver()) {
      log.warn(
          "an event was not added to the queue of {} webhooks: it was there already, or {} wait",
          all.size() - added.size(),
          MAX_WAITING);
    }
  }

  static UUID deliveryId(WebhookEvent event, UUID webhook) {
    return Ids.uuidOf("delivery " + event.id() + ' ' + webhook);
  }

  /** The same message once more. */
  Optional<UUID> replay(UUID webhook, UUID id) {
    return work(webhook, id).flatMap(this::replay);
  }

  private Optional<UUID> replay(Work work) {
    DeliveryText.Message message = DeliveryText.message(work);
    String input =
        DeliveryText.input(new DeliveryText.Message(message.messageId(), message.payload(), true));
    Instant now = clock.instant();
    WorkItem item = work.item();
    NewWork again = new NewWork(ids.uuidV7(), POOL, item.name(), item.label(), now, now, input);
    return store.add(List.of(again), MAX_WAITING).stream().findFirst();
  }

  Optional<Delivery.Detail> find(UUID webhook, UUID id) {
    return work(webhook, id).map(DeliveryText::detail);
  }

  /** Another webhook's, or a run of a task, is none of this one's. */
  private Optional<Work> work(UUID webhook, UUID id) {
    return store
        .find(id)
        .filter(
            work ->
                work.item().pool().equals(POOL) && work.item().name().equals(webhook.toString()));
  }

  Delivery.Listing list(
      UUID webhook,
      Delivery.@Nullable Status status,
      @Nullable String event,
      int limit,
      int offset) {
    List<Delivery> all = all(webhook);
    List<Delivery> matching =
        all.stream()
            .filter(delivery -> status == null || delivery.status() == status)
            .filter(delivery -> event == null || delivery.event().equals(event))
            .toList();
    return new Delivery.Listing(
        matching.stream().skip(offset).limit(limit).toList(), all.size(), matching.size());
  }

  /** The newest one. */
  Optional<Delivery> latest(UUID webhook) {
    WorkFilter filter = WorkFilter.of(POOL, webhook.toString());
    return store.newest(filter, PageRequest.first(1)).items().stream()
        .findFirst()
        .map(DeliveryText::delivery);
  }

  /** There are few: what is kept and what may wait. */
  private List<Delivery> all(UUID webhook) {
    List<Delivery> all = new ArrayList<>();
    WorkFilter filter = WorkFilter.of(POOL, webhook.toString());
    String cursor = null;
    do {
      Page<WorkItem> page = store.newest(filter, new PageRequest(PageRequest.MAX_LIMIT, cursor));
      page.items().forEach(item -> all.add(DeliveryText.delivery(item)));
      cursor = page.nextCursor();
    } while (cursor != null);
    return all;
  }

  /** How many wait or are being sent, of all webhooks. */
  long pending() {
    return store.lanes(POOL).stream().mapToLong(lane -> lane.waiting() + lane.running()).sum();
  }

  /** Removes the oldest finished ones beyond {@link #KEPT}. */
  int trim() {
    int removed = 0;
    int more;
    do {
      more = store.trim(POOL, KEPT, TRIMMED_TOGETHER);
      removed += more;
    } while (more == TRIMMED_TOGETHER);
    return removed;
  }

  void forget(UUID webhook) {
    int unused = store.remove(POOL, webhook.toString());
  }
}

package io.taskauth.webhook;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Ids;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.token.Sealer;
import io.taskauth.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells other programs what happens, as the Standard Webhooks specification has it: subscriptions,
 * the queue of what is to be sent, and the record of what was. What is published is in the store
 * before it is sent, and sent at least once, by one node at a time; receivers know a message again
 * by its {@code webhook-id}.
 *
 * <p>Every method throws {@link AuthStoreException} where the store is out. Threads may share it.
 */
public final class Webhooks implements AutoCloseable {
  /** How many there may be. */
  public static final int MAX = 100;

  /** How long a secret that was replaced signs beside the new one. */
  public static final Duration OVERLAP = Duration.ofDays(1);

  /** What came of making or changing a subscription. */
  public sealed interface Outcome {
    /** It is as it was asked for. */
    record Changed(Webhook webhook) implements Outcome {}

    /**
     * @param secret what its requests are signed with, never to be had again
     */
    record Made(Webhook webhook, WebhookSecret secret) implements Outcome {}

    /**
     * Something about it must not be.
     *
     * @param field its name as in the API
     * @param reason a sentence
     */
    record Invalid(String field, String reason) implements Outcome {}

    /** There are {@link #MAX} already. */
    record TooMany() implements Outcome {}

    /** There is none of that id. */
    record NotFound() implements Outcome {}
  }

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final DeliveryWorker worker;
  private final DraftRules rules;
  private final WebhookSender sender;
  private final Sealing sealing;
  private final AuditTrail audit;
  private final Ids ids;
  private final SecureRandom random;
  private final InstantSource clock;
  private final List<String> eventTypes;

  /**
   * @param sealer for nothing else
   * @param moreTypes what the host publishes besides the events of accounts and access
   */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public Webhooks(
      AuthStore store,
      WebhookSender sender,
      Sealer sealer,
      Collection<String> moreTypes,
      AuditTrail audit,
      Ids ids,
      SecureRandom random,
      InstantSource clock) {
    TreeSet<String> types = new TreeSet<>(WebhookAuditSink.types());
    types.addAll(moreTypes);
    this.eventTypes = List.copyOf(types);
    this.subscriptions = new Subscriptions(store.settings(), store.changes());
    this.deliveries = new Deliveries(store.work(), clock, ids);
    this.rules = new DraftRules(eventTypes, sender);
    this.sender = sender;
    this.sealing = new Sealing(sealer);
    this.audit = audit;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
    this.worker =
        new DeliveryWorker(
            store.work(),
            store.changes(),
            subscriptions,
            new DeliveryAttempt(sender, sealer, clock, random),
            clock,
            ids.hex128());
  }

  /**
   * Begins to send what waits, and what will.
   *
   * @param tidies whether it calls {@link #tidy} by itself, every few minutes
   */
  public void start(boolean tidies) {
    if (tidies) {
      worker.tidyWith(
          () -> {
            int unused = tidy();
          });
    }
    worker.start();
  }

  /** What subscriptions can be for, in the order of their letters. */
  public List<String> eventTypes() {
    return eventTypes;
  }

  /**
   * Puts an event into the queue of whoever wants to hear of it; when this returns, no crash loses
   * it. An event whose id was published before is not added again.
   */
  public void publish(WebhookEvent event) {
    List<Subscription> wanted =
        subscriptions.all().stream().filter(one -> one.webhook().wants(event)).toList();
    if (!wanted.isEmpty()) {
      deliveries.add(wanted, event);
    }
  }

  /** All subscriptions, the oldest first. */
  public List<Webhook> all() {
    return subscriptions.all().stream().map(Subscription::webhook).toList();
  }

  public Optional<Webhook> find(UUID id) {
    return subscriptions.find(id).map(Subscription::webhook);
  }

  /**
   * Makes a subscription.
   *
   * @param by whoever asks; null where authentication is turned off
   */
  public Outcome create(@Nullable User by, Webhook.Draft draft, ClientInfo client) {
    Optional<Outcome.Invalid> objection = rules.objection(draft, null);
    if (objection.isPresent()) {
      return objection.get();
    }
    WebhookSecret secret = WebhookSecret.random(random);
    Subscription made = sealing.made(ids.uuidV7(), draft, secret, now());
    boolean added =
        subscriptions.change(
            all -> all.size() >= MAX ? Optional.empty() : Optional.of(with(all, made)));
    if (!added) {
      return new Outcome.TooMany();
    }
    tell(AuditType.WEBHOOK_CREATED, by, made.webhook(), client);
    return new Outcome.Made(made.webhook(), secret);
  }

  /**
   * Makes a subscription what the draft says; its secret stays.
   *
   * @param change makes it out of the one that is there, again where somebody else is faster
   */
  public Outcome update(
      @Nullable User by, UUID id, UnaryOperator<Webhook.Draft> change, ClientInfo client) {
    Optional<Subscription> present = subscriptions.find(id);
    if (present.isEmpty()) {
      return new Outcome.NotFound();
    }
    Webhook.Draft wanted = change.apply(Sealing.draft(present.get()));
    Optional<Outcome.Invalid> objection = rules.objection(wanted, present.get().webhook());
    if (objection.isPresent()) {
      return objection.get();
    }
    return replace(
        AuditType.WEBHOOK_UPDATED,
        by,
        id,
        one -> sealing.changed(one, change.apply(Sealing.draft(one))),
        client);
  }

  /** Replaces the secret; the one before signs too for {@link #OVERLAP}. */
  public Outcome rotateSecret(@Nullable User by, UUID id, ClientInfo client) {
    WebhookSecret next = WebhookSecret.random(random);
    Instant until = now().plus(OVERLAP);
    Outcome outcome =
        replace(
            AuditType.WEBHOOK_SECRET_ROTATED,
            by,
            id,
            one -> sealing.rotated(one, next, until),
            client);
    return outcome instanceof Outcome.Changed changed
        ? new Outcome.Made(changed.webhook(), next)
        : outcome;
  }

  private Outcome replace(
      AuditType type,
      @Nullable User by,
      UUID id,
      UnaryOperator<Subscription> change,
      ClientInfo client) {
    List<Webhook> replaced = new ArrayList<>();
    boolean written =
        subscriptions.change(
            all -> {
              replaced.clear();
              List<Subscription> next =
                  all.stream()
                      .map(
                          one -> {
                            if (!one.webhook().id().equals(id)) {
                              return one;
                            }
                            Subscription after = change.apply(one);
                            replaced.add(after.webhook());
                            return after;
                          })
                      .toList();
              return replaced.isEmpty() ? Optional.empty() : Optional.of(next);
            });
    if (!written) {
      return new Outcome.NotFound();
    }
    tell(type, by, replaced.get(0), client);
    return new Outcome.Changed(replaced.get(0));
  }

  /**
   * Removes a subscription, with what waits for it and its record.
   *
   * @return false where there is none of that id
   */
  public boolean delete(@Nullable User by, UUID id, ClientInfo client) {
    List<Webhook> gone = new ArrayList<>();
    boolean removed =
        subscriptions.change(
            all -> {
              gone.clear();
              all.stream()
                  .map(Subscription::webhook)
                  .filter(webhook -> webhook.id().equals(id))
                  .forEach(gone::add);
              List<Subscription> rest =
                  all.stream().filter(one -> !one.webhook().id().equals(id)).toList();
              return rest.size() == all.size() ? Optional.empty() : Optional.of(rest);
            });
    if (!removed) {
      return false;
    }
    gone.forEach(webhook -> tell(AuditType.WEBHOOK_DELETED, by, webhook, client));
    worker.forget(id);
    deliveries.forget(id);
    return true;
  }

  /**
   * Puts a test into the queue of one subscription, whatever events it is for.
   *
   * @return the delivery's id; empty where there is no such subscription
   */
  public Optional<UUID> test(UUID id) {
    return subscriptions
        .find(id)
        .map(
            one -> {
              WebhookEvent event =
                  new WebhookEvent(
                      ids.uuidV7(),
                      WebhookEvent.TEST,
                      now(),
                      null,
                      Map.of("webhook_id", id.toString(), "message", "This is a test."));
              deliveries.add(List.of(one), event);
              return Deliveries.deliveryId(event, id);
            });
  }

  /**
   * The deliveries of one subscription, newest first.
   *
   * @param status null for any
   * @param event its type, null for any
   */
  public Delivery.Listing deliveries(
      UUID webhook,
      Delivery.@Nullable Status status,
      @Nullable String event,
      int limit,
      int offset) {
    return deliveries.list(webhook, status, event, limit, offset);
  }

  /** The newest delivery of one subscription; cheaper than a list of one. */
  public Optional<Delivery> latestDelivery(UUID webhook) {
    return deliveries.latest(webhook);
  }

  /** One of them; empty also where it is another subscription's. */
  public Optional<Delivery.Detail> delivery(UUID webhook, UUID id) {
    return deliveries.find(webhook, id);
  }

  /**
   * Sends a message once more: the same text under the same {@code webhook-id}, marked by the
   * header {@code webhook-replay}.
   *
   * @return the new delivery's id; empty where there is no such delivery or subscription, or too
   *     many wait
   */
  public Optional<UUID> replay(UUID webhook, UUID delivery) {
    return subscriptions.find(webhook).flatMap(one -> deliveries.replay(webhook, delivery));
  }

  /**
   * How many deliveries wait or are under way, of all subscriptions together.
   *
   * @return empty where the store is out
   */
  public OptionalLong pending() {
    try {
      return OptionalLong.of(deliveries.pending());
    } catch (AuthStoreException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * What has to be done now and then: removes the oldest deliveries beyond 200 of each
   * subscription, forgets replaced secrets that no longer sign, and seals under the first secret
   * key what was sealed under another.
   *
   * @return how many deliveries were removed
   */
  public int tidy() {
    boolean unused =
        subscriptions.change(
            all -> {
              List<Subscription> next =
                  all.stream().map(one -> sealing.tidied(one, now())).toList();
              return next.equals(all) ? Optional.empty() : Optional.of(next);
            });
    return deliveries.trim();
  }

  private static List<Subscription> with(List<Subscription> all, Subscription one) {
    List<Subscription> more = new ArrayList<>(all);
    more.add(one);
    return more;
  }

  private void tell(AuditType type, @Nullable User by, Webhook webhook, ClientInfo client) {
    Map<String, String> details = Map.of("host", String.valueOf(webhook.url().getHost()));
    if (by == null) {
      audit.of(type, (String) null, client, details);
    } else {
      audit.of(type, by, webhook.id().toString(), client, details);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Sends nothing more; what waits is sent when somebody starts again. */
  @Override
  public void close() {
    worker.close();
    subscriptions.close();
    sender.close();
  }
}

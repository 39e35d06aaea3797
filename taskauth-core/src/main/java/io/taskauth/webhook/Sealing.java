package io.taskauth.webhook;

import io.taskauth.token.Sealer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From what somebody wants a subscription to be to what is kept, and from there to the next. */
final class Sealing {
  private final Sealer sealer;

  Sealing(Sealer sealer) {
    this.sealer = sealer;
  }

  Subscription made(UUID id, Webhook.Draft draft, WebhookSecret secret, Instant now) {
    Webhook webhook = webhook(id, draft, now, null);
    return new Subscription(
        webhook, sealed(webhook, secret), null, sealed(webhook, draft.headers(), Map.of()));
  }

  /** With another secret, and the one before as long as that. */
  Subscription rotated(Subscription one, WebhookSecret next, Instant until) {
    Webhook webhook = webhook(one.webhook().id(), draft(one), one.webhook().createdAt(), until);
    return new Subscription(webhook, sealed(webhook, next), one.secret(), one.headers());
  }

  Subscription changed(Subscription before, Webhook.Draft draft) {
    Webhook webhook =
        webhook(
            before.webhook().id(),
            draft,
            before.webhook().createdAt(),
            before.webhook().previousSecretUntil());
    return new Subscription(
        webhook,
        before.secret(),
        before.previousSecret(),
        sealed(webhook, draft.headers(), before.headers()));
  }

  /** The subscription as a draft that would leave it as it is. */
  static Webhook.Draft draft(Subscription subscription) {
    Webhook webhook = subscription.webhook();
    Map<String, String> headers = new TreeMap<>();
    webhook.headers().forEach(name -> headers.put(name, Webhook.Draft.KEEP));
    return new Webhook.Draft(
        webhook.url(),
        webhook.events(),
        webhook.taskFilter(),
        headers,
        webhook.maxRetries(),
        webhook.timeout(),
        webhook.retryBackoff(),
        webhook.enabled(),
        webhook.description());
  }

  /** Without a secret whose time is over, and all of it under the key that seals now. */
  Subscription tidied(Subscription one, Instant now) {
    Webhook webhook = one.webhook();
    boolean over = one.previousSecret() != null && one.secretsAt(now).size() == 1;
    Map<String, String> headers = new TreeMap<>();
    one.headers()
        .forEach(
            (name, kept) ->
                headers.put(name, renewed(kept, Subscription.headerContext(webhook, name))));
    String context = Subscription.secretContext(webhook);
    String previous = one.previousSecret();
    return new Subscription(
        over ? webhook(webhook.id(), draft(one), webhook.createdAt(), null) : webhook,
        renewed(one.secret(), context),
        over || previous == null ? null : renewed(previous, context),
        headers);
  }

  /** What no key in force opens stays as it is: the key may come back. */
  private String renewed(String sealed, String context) {
    return sealer.isOld(sealed)
        ? sealer.open(sealed, context).map(text -> sealer.seal(text, context)).orElse(sealed)
        : sealed;
  }

  private static Webhook webhook(
      UUID id, Webhook.Draft draft, Instant createdAt, @Nullable Instant previousSecretUntil) {
    return new Webhook(
        id,
        draft.url(),
        draft.events(),
        draft.taskFilter(),
        List.copyOf(new TreeSet<>(draft.headers().keySet())),
        draft.maxRetries(),
        draft.timeout(),
        draft.retryBackoff(),
        draft.enabled(),
        draft.description(),
        createdAt,
        previousSecretUntil);
  }

  private String sealed(Webhook webhook, WebhookSecret secret) {
    return sealer.seal(secret.reveal(), Subscription.secretContext(webhook));
  }

  private Map<String, String> sealed(
      Webhook webhook, Map<String, String> headers, Map<String, String> before) {
    Map<String, String> sealed = new TreeMap<>();
    headers.forEach(
        (name, value) ->
            sealed.put(
                name,
                value.equals(Webhook.Draft.KEEP)
                    ? Objects.requireNonNullElse(before.get(name), "")
                    : sealer.seal(value, Subscription.headerContext(webhook, name))));
    sealed.values().removeIf(String::isEmpty);
    return sealed;
  }
}

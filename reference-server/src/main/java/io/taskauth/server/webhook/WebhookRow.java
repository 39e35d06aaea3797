package io.taskauth.server.webhook;

import io.taskauth.webhook.Delivery;
import io.taskauth.webhook.Webhook;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A webhook in the list.
 *
 * @param url perhaps cut
 * @param wants which events, in a few words
 * @param last its newest delivery
 */
public record WebhookRow(
    String page,
    String url,
    String description,
    boolean enabled,
    String wants,
    @Nullable DeliveryRow last) {
  private static final int LONGEST = 100;
  private static final int NAMED = 3;

  static WebhookRow of(Webhook webhook, Optional<Delivery> last) {
    return new WebhookRow(
        "/webhooks/" + webhook.id(),
        shortUrl(webhook),
        webhook.description(),
        webhook.enabled(),
        wants(webhook),
        last.map(DeliveryRow::of).orElse(null));
  }

  static String shortUrl(Webhook webhook) {
    return cut(webhook.url().toString());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private static String wants(Webhook webhook) {
    String events = webhook.events().isEmpty() ? "all events" : some(webhook.events());
    return webhook.taskFilter().isEmpty()
        ? events
        : events + "; of tasks " + some(webhook.taskFilter());
  }

  private static String some(Set<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    String named = cut(String.join(", ", sorted.subList(0, Math.min(NAMED, sorted.size()))));
    return sorted.size() <= NAMED ? named : named + " and " + (sorted.size() - NAMED) + " more";
  }
}

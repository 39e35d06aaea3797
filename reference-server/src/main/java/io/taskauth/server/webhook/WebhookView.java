package io.taskauth.server.webhook;

import io.taskauth.server.page.When;
import io.taskauth.webhook.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One webhook.
 *
 * @param url perhaps cut
 * @param secret shown this once; null in every other answer
 * @param notice what was done
 * @param recent its newest deliveries
 */
public record WebhookView(
    String page,
    String url,
    String description,
    boolean enabled,
    When created,
    @Nullable When previousSecretUntil,
    WebhookForm form,
    List<EventGroup> groups,
    List<DeliveryRow> recent,
    @Nullable String secret,
    @Nullable String notice) {
  static WebhookView of(
      Webhook webhook,
      WebhookForm form,
      List<EventGroup> groups,
      List<DeliveryRow> recent,
      @Nullable String secret,
      @Nullable String notice) {
    return new WebhookView(
        "/webhooks/" + webhook.id(),
        WebhookRow.shortUrl(webhook),
        webhook.description(),
        webhook.enabled(),
        When.of(webhook.createdAt()),
        When.ofNullable(webhook.previousSecretUntil()),
        form,
        groups,
        recent,
        secret,
        notice);
  }
}

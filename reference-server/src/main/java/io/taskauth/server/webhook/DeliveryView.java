package io.taskauth.server.webhook;

import io.taskauth.server.page.When;
import io.taskauth.server.web.Json;
import io.taskauth.webhook.Delivery;
import io.taskauth.webhook.Webhook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One delivery.
 *
 * @param webhook the page of its webhook
 * @param url perhaps cut
 * @param payload for people, perhaps cut
 * @param cut whether it is
 * @param raw where all of it is
 */
public record DeliveryView(
    String webhook,
    String url,
    DeliveryRow row,
    boolean pending,
    boolean enabled,
    @Nullable When next,
    @Nullable When finished,
    String messageId,
    Map<String, String> requestHeaders,
    String payload,
    boolean cut,
    String raw,
    @Nullable Integer responseStatus,
    @Nullable String responseBody,
    @Nullable String error,
    List<Attempt> attempts,
    @Nullable String problem) {
  /** A page is no place for a report of a megabyte. */
  private static final int LONGEST = 8000;

  /** One attempt in the list of them. */
  public record Attempt(When at, String outcome, long tookMillis) {
    static Attempt of(Delivery.Attempt attempt) {
      String error = attempt.error();
      String outcome =
          attempt.responseStatus() != null
              ? "HTTP " + attempt.responseStatus()
              : error == null ? "" : error;
      return new Attempt(When.of(attempt.at()), outcome, attempt.tookMillis());
    }
  }

  static DeliveryView of(Webhook webhook, Delivery.Detail detail, @Nullable String problem) {
    Delivery delivery = detail.delivery();
    String payload = Json.pretty(detail.payload());
    boolean cut = payload.length() > LONGEST;
    return new DeliveryView(
        "/webhooks/" + webhook.id(),
        WebhookRow.shortUrl(webhook),
        DeliveryRow.of(delivery),
        delivery.status() == Delivery.Status.PENDING,
        webhook.enabled(),
        When.ofNullable(delivery.nextAttemptAt()),
        When.ofNullable(delivery.finishedAt()),
        detail.messageId(),
        new TreeMap<>(detail.requestHeaders()),
        cut ? payload.substring(0, LONGEST) : payload,
        cut,
        "/api/webhooks/" + webhook.id() + "/deliveries/" + delivery.id(),
        delivery.responseStatus(),
        detail.responseBody(),
        delivery.error(),
        detail.history().stream().map(Attempt::of).toList(),
        problem);
  }
}

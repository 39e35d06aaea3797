package io.taskauth.server.webhook;

import io.taskauth.server.page.When;
import io.taskauth.webhook.Delivery;

/**
 * A delivery in a list.
 *
 * @param outcome what came of the last attempt, or nothing
 */
public record DeliveryRow(
    String page,
    String event,
    String status,
    boolean bad,
    boolean replay,
    When created,
    int attempts,
    String outcome) {
  static DeliveryRow of(Delivery delivery) {
    return new DeliveryRow(
        "/webhooks/" + delivery.webhookId() + "/deliveries/" + delivery.id(),
        delivery.event(),
        delivery.status().code(),
        isBad(delivery.status()),
        delivery.replay(),
        When.of(delivery.createdAt()),
        delivery.attempts(),
        outcome(delivery));
  }

  static boolean isBad(Delivery.Status status) {
    return status == Delivery.Status.FAILED || status == Delivery.Status.DEAD;
  }

  private static String outcome(Delivery delivery) {
    StringBuilder text = new StringBuilder();
    if (delivery.responseStatus() != null) {
      text.append("HTTP ").append(delivery.responseStatus());
    } else if (delivery.error() != null) {
      text.append(delivery.error());
    }
    if (delivery.tookMillis() != null) {
      text.append(text.isEmpty() ? "" : " · ").append(delivery.tookMillis()).append(" ms");
    }
    return text.toString();
  }

  /** "1 attempt", "2 attempts". */
  public String tries() {
    return attempts == 1 ? "1 attempt" : attempts + " attempts";
  }
}

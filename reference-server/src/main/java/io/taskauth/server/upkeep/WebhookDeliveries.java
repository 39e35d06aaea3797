package io.taskauth.server.upkeep;

import io.taskauth.server.task.Progress;
import io.taskauth.webhook.Delivery;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.Webhooks;
import java.time.Duration;
import java.util.List;

/**
 * Looks after webhooks: removes the oldest deliveries, forgets secrets that were replaced, and says
 * how deliveries stand. They are sent as soon as there is something to send, by every node.
 */
public final class WebhookDeliveries extends UpkeepTask {
  private final Webhooks webhooks;

  public WebhookDeliveries(Webhooks webhooks) {
    super(
        "webhook-deliveries",
        "Keeps the record of webhooks short and says which receivers do not answer.",
        Duration.ofMinutes(5));
    this.webhooks = webhooks;
  }

  @Override
  String work(Progress progress) {
    int removed = webhooks.tidy();
    StringBuilder report = new StringBuilder();
    List<Webhook> all = webhooks.all();
    for (int i = 0; i < all.size(); i++) {
      progress.at((double) i / all.size());
      report.append(line(all.get(i)));
    }
    return "Removed " + Count.of(removed, "old delivery", "old deliveries") + ".\n" + report;
  }

  /** The host says enough: the rest of an address may hold a key. */
  private String line(Webhook webhook) {
    List<Delivery> deliveries = webhooks.deliveries(webhook.id(), null, null, 1000, 0).items();
    return webhook.url().getHost()
        + ": "
        + count(deliveries, Delivery.Status.PENDING)
        + " pending, "
        + count(deliveries, Delivery.Status.DELIVERED)
        + " delivered, "
        + count(deliveries, Delivery.Status.FAILED)
        + " failed, "
        + count(deliveries, Delivery.Status.DEAD)
        + " dead"
        + (webhook.enabled() ? "" : "; turned off")
        + "\n";
  }

  private static long count(List<Delivery> deliveries, Delivery.Status status) {
    return deliveries.stream().filter(delivery -> delivery.status() == status).count();
  }
}

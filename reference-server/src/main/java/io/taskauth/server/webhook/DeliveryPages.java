package io.taskauth.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.server.jte.JtedeliveriesGenerated;
import io.taskauth.server.jte.JtedeliveryGenerated;
import io.taskauth.server.page.Frame;
import io.taskauth.server.page.Visit;
import io.taskauth.server.web.Refusal;
import io.taskauth.webhook.Delivery;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.WebhookEvent;
import io.taskauth.webhook.Webhooks;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was sent and what waits: as a list, and each by itself. */
final class DeliveryPages {
  private static final int LIMIT = 25;

  private final Webhooks webhooks;

  DeliveryPages(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  void list(Visit visit) throws IOException {
    Webhook webhook = PathIds.webhook(webhooks, visit.parameter(0));
    int offset = Paging.offset(visit.text("offset"));
    // What no form of ours sends is as good as nothing chosen.
    Delivery.@Nullable Status status = Delivery.Status.ofCode(visit.text("status")).orElse(null);
    String event = visit.text("event");
    Delivery.Listing found =
        webhooks.deliveries(webhook.id(), status, event.isEmpty() ? null : event, LIMIT, offset);
    String page = "/webhooks/" + webhook.id();
    String code = status == null ? "" : status.code();
    String again =
        page
            + "/deliveries?status="
            + code
            + "&event="
            + URLEncoder.encode(event, UTF_8)
            + "&offset=";
    DeliveriesView view =
        new DeliveriesView(
            page,
            WebhookRow.shortUrl(webhook),
            code,
            event,
            Stream.of(Delivery.Status.values()).map(Delivery.Status::code).toList(),
            events(),
            found.items().stream().map(DeliveryRow::of).toList(),
            found.total(),
            found.matching(),
            Paging.of(again, offset, LIMIT, found.matching()));
    Frame frame = visit.frame("Deliveries");
    visit.show(200, out -> JtedeliveriesGenerated.render(out, null, frame, view));
  }

  private List<String> events() {
    return Stream.concat(webhooks.eventTypes().stream(), Stream.of(WebhookEvent.TEST)).toList();
  }

  void show(Visit visit) throws IOException {
    show(visit, 200, null);
  }

  void replay(Visit visit) throws IOException {
    Webhook webhook = PathIds.webhook(webhooks, visit.parameter(0));
    UUID delivery = detail(webhook, visit).delivery().id();
    Optional<UUID> again = webhooks.replay(webhook.id(), delivery);
    if (again.isPresent()) {
      visit.seeOther("/webhooks/" + webhook.id() + "/deliveries/" + again.get());
    } else {
      show(visit, 409, "Too many deliveries of this webhook wait already.");
    }
  }

  private void show(Visit visit, int status, @Nullable String problem) throws IOException {
    Webhook webhook = PathIds.webhook(webhooks, visit.parameter(0));
    DeliveryView view = DeliveryView.of(webhook, detail(webhook, visit), problem);
    Frame frame = visit.frame("Delivery", "pages.js");
    visit.show(status, out -> JtedeliveryGenerated.render(out, null, frame, view));
  }

  private Delivery.Detail detail(Webhook webhook, Visit visit) {
    return webhooks
        .delivery(webhook.id(), PathIds.id(visit.parameter(1)))
        .orElseThrow(Refusal::notFound);
  }
}

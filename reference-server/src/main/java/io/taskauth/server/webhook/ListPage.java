package io.taskauth.server.webhook;

import io.taskauth.server.jte.JtewebhooksGenerated;
import io.taskauth.server.page.Frame;
import io.taskauth.server.page.Visit;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.Webhooks;
import java.io.IOException;
import java.util.List;

/** All webhooks. */
final class ListPage {
  private static final int LIMIT = 20;

  private final Webhooks webhooks;

  ListPage(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  void show(Visit visit) throws IOException {
    List<Webhook> all = webhooks.all();
    int offset = Paging.offset(visit.text("offset"));
    WebhooksView view =
        new WebhooksView(
            all.stream()
                .skip(offset)
                .limit(LIMIT)
                .map(one -> WebhookRow.of(one, webhooks.latestDelivery(one.id())))
                .toList(),
            Paging.of("/webhooks?offset=", offset, LIMIT, all.size()),
            visit.text("done").equals("deleted")
                ? "The webhook is deleted, with the record of its deliveries."
                : null);
    Frame frame = visit.frame("Webhooks");
    visit.show(200, out -> JtewebhooksGenerated.render(out, null, frame, view));
  }
}

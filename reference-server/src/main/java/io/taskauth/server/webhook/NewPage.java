package io.taskauth.server.webhook;

import io.taskauth.server.jte.JtewebhooknewGenerated;
import io.taskauth.server.page.Frame;
import io.taskauth.server.page.Visit;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.Webhooks;
import io.taskauth.webhook.Webhooks.Outcome;
import java.io.IOException;
import java.util.List;

/** A webhook that there is not yet. */
final class NewPage {
  private final Webhooks webhooks;
  private final WebhookPage made;

  /**
   * @param made where it goes on
   */
  NewPage(Webhooks webhooks, WebhookPage made) {
    this.webhooks = webhooks;
    this.made = made;
  }

  void show(Visit visit) throws IOException {
    show(visit, 200, WebhookForm.blank());
  }

  void create(Visit visit) throws IOException {
    FormReader form = new FormReader(visit, List.of(), true);
    if (form.draft().isEmpty()) {
      show(visit, 400, form.shown());
      return;
    }
    Webhook.Draft draft = form.draft().get();
    Outcome outcome =
        webhooks.create(visit.principal().user().orElse(null), draft, visit.principal().client());
    if (outcome instanceof Outcome.Made fresh) {
      made.showSecret(visit, fresh, "The webhook is made. Copy its secret now");
    } else if (outcome instanceof Outcome.Invalid invalid) {
      show(visit, 400, form.shown().with(invalid.field(), invalid.reason()));
    } else {
      String reason = "There are " + Webhooks.MAX + " webhooks already. Delete one first.";
      show(visit, 409, form.shown().with("", reason));
    }
  }

  private void show(Visit visit, int status, WebhookForm form) throws IOException {
    Frame frame = visit.frame("New webhook");
    List<EventGroup> groups = EventGroup.all(webhooks.eventTypes());
    visit.show(status, out -> JtewebhooknewGenerated.render(out, null, frame, form, groups));
  }
}

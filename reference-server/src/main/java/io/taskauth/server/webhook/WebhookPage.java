package io.taskauth.server.webhook;

import io.taskauth.server.jte.JtewebhookGenerated;
import io.taskauth.server.page.Frame;
import io.taskauth.server.page.Visit;
import io.taskauth.server.web.Refusal;
import io.taskauth.user.User;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.Webhooks;
import io.taskauth.webhook.Webhooks.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One webhook, and what can be done with it. */
final class WebhookPage {
  private static final int RECENT = 5;
  private static final Map<String, String> NOTICES =
      Map.of(
          "saved", "The changes are saved.",
          "enabled", "The webhook is enabled: what waited is sent now.",
          "disabled", "The webhook is disabled: nothing is sent, and no event is noted for it.");

  private final Webhooks webhooks;

  WebhookPage(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  void show(Visit visit) throws IOException {
    Webhook webhook = PathIds.webhook(webhooks, visit.parameter(0));
    show(visit, 200, webhook, WebhookForm.of(webhook), null, NOTICES.get(visit.text("done")));
  }

  /** In the answer to the form itself, so that the secret is in no address and no cookie. */
  void showSecret(Visit visit, Outcome.Made made, String notice) throws IOException {
    WebhookForm form = WebhookForm.of(made.webhook());
    show(visit, 200, made.webhook(), form, made.secret().reveal(), notice);
  }

  void change(Visit visit) throws IOException {
    Webhook webhook = PathIds.webhook(webhooks, visit.parameter(0));
    UUID id = webhook.id();
    User by = visit.principal().user().orElse(null);
    switch (visit.text("action")) {
      case "save" -> save(visit, webhook);
      case "enable" -> enable(visit, id, true);
      case "disable" -> enable(visit, id, false);
      case "test" -> {
        UUID delivery = webhooks.test(id).orElseThrow(Refusal::notFound);
        visit.seeOther("/webhooks/" + id + "/deliveries/" + delivery);
      }
      case "rotate" -> {
        Outcome outcome = webhooks.rotateSecret(by, id, visit.principal().client());
        if (!(outcome instanceof Outcome.Made made)) {
          throw Refusal.notFound();
        }
        showSecret(visit, made, "The secret is replaced. Copy the new one now");
      }
      case "delete" -> {
        if (!webhooks.delete(by, id, visit.principal().client())) {
          throw Refusal.notFound();
        }
        visit.seeOther("/webhooks?done=deleted");
      }
      default -> throw Refusal.field("action", "It is none that this page knows.");
    }
  }

  private void save(Visit visit, Webhook webhook) throws IOException {
    FormReader form = new FormReader(visit, webhook.headers(), webhook.enabled());
    if (form.draft().isEmpty()) {
      show(visit, 400, webhook, form.shown(), null, null);
      return;
    }
    Webhook.Draft wanted = form.draft().get();
    Outcome outcome = update(visit, webhook.id(), before -> enabled(wanted, before.enabled()));
    if (outcome instanceof Outcome.Invalid invalid) {
      WebhookForm shown = form.shown().with(invalid.field(), invalid.reason());
      show(visit, 400, webhook, shown, null, null);
    } else {
      done(visit, webhook.id(), outcome, "saved");
    }
  }

  private void enable(Visit visit, UUID id, boolean enabled) {
    Outcome outcome = update(visit, id, before -> enabled(before, enabled));
    done(visit, id, outcome, enabled ? "enabled" : "disabled");
  }

  private Outcome update(Visit visit, UUID id, UnaryOperator<Webhook.Draft> change) {
    return webhooks.update(
        visit.principal().user().orElse(null), id, change, visit.principal().client());
  }

  private static Webhook.Draft enabled(Webhook.Draft draft, boolean enabled) {
    return new Webhook.Draft(
        draft.url(),
        draft.events(),
        draft.taskFilter(),
        draft.headers(),
        draft.maxRetries(),
        draft.timeout(),
        draft.retryBackoff(),
        enabled,
        draft.description());
  }

  private static void done(Visit visit, UUID id, Outcome outcome, String what) {
    if (outcome instanceof Outcome.Invalid invalid) {
      // The address leads elsewhere than when it was set, for instance.
      throw Refusal.field(invalid.field(), invalid.reason());
    }
    if (!(outcome instanceof Outcome.Changed)) {
      throw Refusal.notFound();
    }
    visit.seeOther("/webhooks/" + id + "?done=" + what);
  }

  private void show(
      Visit visit,
      int status,
      Webhook webhook,
      WebhookForm form,
      @Nullable String secret,
      @Nullable String notice)
      throws IOException {
    List<DeliveryRow> recent =
        webhooks.deliveries(webhook.id(), null, null, RECENT, 0).items().stream()
            .map(DeliveryRow::of)
            .toList();
    List<EventGroup> groups = EventGroup.all(webhooks.eventTypes());
    WebhookView view = WebhookView.of(webhook, form, groups, recent, secret, notice);
    Frame frame = visit.frame("Webhook");
    visit.show(status, out -> JtewebhookGenerated.render(out, null, frame, view));
  }
}

package io.taskauth.server.webhook;

import io.taskauth.server.web.ApiEndpoint;
import io.taskauth.server.web.ApiServlet;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import io.taskauth.server.web.Route;
import io.taskauth.server.web.Routed;
import io.taskauth.server.web.Routes;
import io.taskauth.webhook.Delivery;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.Webhooks;
import io.taskauth.webhook.Webhooks.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/webhooks} and {@code /api/event-types}: subscriptions and what became of their
 * deliveries. The filter asks for the role, and for the scope of a token.
 */
public final class WebhooksApi extends ApiServlet implements Routed {
  private static final long serialVersionUID = 1;
  private static final int MOST = 200;

  private final transient Webhooks webhooks;
  private final transient Routes<ApiEndpoint> routes;

  public WebhooksApi(Webhooks webhooks) {
    this.webhooks = webhooks;
    String one = "/api/webhooks/{id}";
    String delivery = one + "/deliveries/{delivery_id}";
    this.routes =
        new Routes<ApiEndpoint>(
            List.of(
                new Route<>("GET", "/api/event-types", this::eventTypes),
                new Route<>("GET", "/api/webhooks", this::list),
                new Route<>("POST", "/api/webhooks", this::create),
                new Route<>("GET", one, this::show),
                new Route<>("PUT", one, this::change),
                new Route<>("DELETE", one, this::delete),
                new Route<>("POST", one + "/test", this::test),
                new Route<>("POST", one + "/rotate-secret", this::rotate),
                new Route<>("GET", one + "/deliveries", this::deliveries),
                new Route<>("GET", delivery, this::delivery),
                new Route<>("POST", delivery + "/replay", this::replay)));
  }

  @Override
  public List<String> answered() {
    return routes.lines();
  }

  @Override
  protected void answer(Call call) throws IOException {
    Routes.Match<ApiEndpoint> match = routes.find(call.method(), call.path());
    match.handler().answer(call, match.parameters());
  }

  private void eventTypes(Call call, List<String> path) throws IOException {
    items(call, webhooks.eventTypes().stream().map(WebhooksApi::eventType).toList());
  }

  private static Map<String, @Nullable Object> eventType(String type) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("type", type);
    json.put("group", EventGroup.of(type));
    return json;
  }

  private void list(Call call, List<String> path) throws IOException {
    items(call, webhooks.all().stream().map(WebhookJson::of).toList());
  }

  private static void items(Call call, List<?> items) throws IOException {
    Map<String, @Nullable Object> body = Json.object();
    body.put("items", items);
    call.json(200, body);
  }

  private void create(Call call, List<String> path) throws IOException {
    Webhook.Draft draft = DraftJson.created(body(call));
    Outcome.Made made =
        made(
            webhooks.create(
                call.principal().user().orElse(null), draft, call.principal().client()));
    call.created(
        "/api/webhooks/" + made.webhook().id(), WebhookJson.of(made.webhook(), made.secret()));
  }

  private void show(Call call, List<String> path) throws IOException {
    call.json(200, WebhookJson.of(webhook(path)));
  }

  private void change(Call call, List<String> path) throws IOException {
    Webhook present = webhook(path);
    DraftJson change = DraftJson.changed(body(call), present);
    Outcome outcome =
        webhooks.update(
            call.principal().user().orElse(null),
            present.id(),
            change::on,
            call.principal().client());
    if (!(outcome instanceof Outcome.Changed changed)) {
      throw refused(outcome);
    }
    call.json(200, WebhookJson.of(changed.webhook()));
  }

  private void delete(Call call, List<String> path) {
    UUID id = PathIds.id(path.get(0));
    if (!webhooks.delete(call.principal().user().orElse(null), id, call.principal().client())) {
      throw Refusal.notFound();
    }
    call.noContent();
  }

  private void test(Call call, List<String> path) throws IOException {
    UUID id = PathIds.id(path.get(0));
    UUID delivery = webhooks.test(id).orElseThrow(Refusal::notFound);
    if (webhooks.delivery(id, delivery).isEmpty()) {
      throw tooManyWait();
    }
    queued(call, delivery);
  }

  private void rotate(Call call, List<String> path) throws IOException {
    UUID id = PathIds.id(path.get(0));
    Outcome.Made made =
        made(
            webhooks.rotateSecret(
                call.principal().user().orElse(null), id, call.principal().client()));
    call.json(200, WebhookJson.of(made.webhook(), made.secret()));
  }

  private void deliveries(Call call, List<String> path) throws IOException {
    Webhook webhook = webhook(path);
    int limit = (int) call.number("limit", 50, 1, MOST);
    int offset = (int) call.number("offset", 0, 0, Integer.MAX_VALUE);
    Delivery.Status status = call.parameter("status").map(WebhooksApi::status).orElse(null);
    String event = call.parameter("event").orElse(null);
    Delivery.Listing found = webhooks.deliveries(webhook.id(), status, event, limit, offset);
    Map<String, @Nullable Object> body = Json.object();
    body.put("items", found.items().stream().map(WebhookJson::of).toList());
    body.put("total", found.total());
    body.put("filtered_total", found.matching());
    body.put("limit", limit);
    body.put("offset", offset);
    call.json(200, body);
  }

  private void delivery(Call call, List<String> path) throws IOException {
    call.json(200, WebhookJson.of(found(webhook(path), path)));
  }

  private void replay(Call call, List<String> path) throws IOException {
    Webhook webhook = webhook(path);
    UUID delivery = found(webhook, path).delivery().id();
    queued(call, webhooks.replay(webhook.id(), delivery).orElseThrow(WebhooksApi::tooManyWait));
  }

  private static void queued(Call call, UUID delivery) throws IOException {
    Map<String, @Nullable Object> body = Json.object();
    body.put("delivery_id", delivery.toString());
    call.json(202, body);
  }

  private Webhook webhook(List<String> path) {
    return PathIds.webhook(webhooks, path.get(0));
  }

  private Delivery.Detail found(Webhook webhook, List<String> path) {
    return webhooks.delivery(webhook.id(), PathIds.id(path.get(1))).orElseThrow(Refusal::notFound);
  }

  private static JsonNode body(Call call) throws IOException {
    return call.body().orElseThrow(() -> Refusal.badRequest("The body must be a JSON object."));
  }

  private static Delivery.Status status(String code) {
    return Delivery.Status.ofCode(code)
        .orElseThrow(
            () -> Refusal.badRequest("'status' must be pending, delivered, failed or dead."));
  }

  private static Outcome.Made made(Outcome outcome) {
    if (outcome instanceof Outcome.Made made) {
      return made;
    }
    throw refused(outcome);
  }

  private static Refusal refused(Outcome outcome) {
    if (outcome instanceof Outcome.Invalid invalid) {
      return Refusal.field(invalid.field(), invalid.reason());
    }
    return outcome instanceof Outcome.TooMany
        ? Refusal.conflict("There are " + Webhooks.MAX + " webhooks already; delete one.")
        : Refusal.notFound();
  }

  private static Refusal tooManyWait() {
    return Refusal.conflict("Too many deliveries of this webhook wait already.");
  }
}

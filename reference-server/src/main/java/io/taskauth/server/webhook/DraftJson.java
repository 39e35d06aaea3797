package io.taskauth.server.webhook;

import io.taskauth.server.web.Json;
import io.taskauth.server.web.Refusal;
import io.taskauth.webhook.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a body says a webhook shall be. Fields that it does not name stay as they are, so that a
 * client that knows only some of them takes nothing away; that is why PUT works as a patch here.
 */
final class DraftJson {
  private static final List<String> FIELDS =
      List.of(
          "url",
          "description",
          "enabled",
          "events",
          "task_filter",
          "headers",
          "max_retries",
          "timeout_seconds",
          "retry_backoff");

  /** What stands in answers besides: a client may send back all that it was given. */
  private static final List<String> READ_ONLY =
      List.of("id", "created_at", "previous_secret_until");

  private final JsonNode body;

  private DraftJson(JsonNode body) {
    this.body = body;
  }

  /**
   * @throws Refusal with 400 that names the field
   */
  static Webhook.Draft created(JsonNode body) {
    requireKnown(body, FIELDS);
    if (!body.has("url")) {
      throw Refusal.field("url", "It is missing.");
    }
    DraftJson json = new DraftJson(body);
    return json.on(Webhook.Draft.to(json.url(body.get("url"))));
  }

  /**
   * For a webhook that there is.
   *
   * @throws Refusal with 400 that names the field
   */
  static DraftJson changed(JsonNode body, Webhook present) {
    requireKnown(body, Stream.concat(FIELDS.stream(), READ_ONLY.stream()).toList());
    Map<String, ?> known = WebhookJson.of(present);
    for (String field : READ_ONLY) {
      JsonNode value = body.get(field);
      String wanted = value == null || value.isNull() ? null : value.asString("");
      if (value != null && !Objects.equals(wanted, known.get(field))) {
        throw Refusal.field(field, "It cannot be changed.");
      }
    }
    return new DraftJson(body);
  }

  private static void requireKnown(JsonNode body, List<String> fields) {
    for (String name : body.propertyNames()) {
      if (!fields.contains(name)) {
        // The name is the client's, and an answer must not carry it back at any length.
        String shown = name.length() > 32 ? "a field" : name;
        throw Refusal.field(shown, "It is unknown; use only: " + String.join(", ", FIELDS) + ".");
      }
    }
  }

  /**
   * @throws Refusal with 400 that names the field
   */
  Webhook.Draft on(Webhook.Draft before) {
    return new Webhook.Draft(
        given("url", this::url, before.url()),
        given("events", node -> texts("events", node), before.events()),
        given("task_filter", node -> texts("task_filter", node), before.taskFilter()),
        given("headers", DraftJson::headers, before.headers()),
        given("max_retries", DraftJson::wholeNumber, before.maxRetries()),
        given(
            "timeout_seconds",
            node -> Numbers.duration(number("timeout_seconds", node)),
            before.timeout()),
        given("retry_backoff", node -> number("retry_backoff", node), before.retryBackoff()),
        given("enabled", DraftJson::truth, before.enabled()),
        given("description", node -> text("description", node), before.description()));
  }

  private <T> T given(String field, Function<JsonNode, T> read, T otherwise) {
    JsonNode value = body.get(field);
    return value == null ? otherwise : read.apply(value);
  }

  private URI url(JsonNode node) {
    try {
      return new URI(text("url", node));
    } catch (URISyntaxException e) {
      throw Refusal.field("url", "It is no URL.");
    }
  }

  private static String text(String field, JsonNode node) {
    if (!node.isString()) {
      throw Refusal.field(field, "It must be a text.");
    }
    return node.stringValue();
  }

  private static Set<String> texts(String field, JsonNode node) {
    if (!node.isArray()) {
      throw Refusal.field(field, "It must be a list of texts.");
    }
    Set<String> texts = new HashSet<>();
    node.forEach(item -> texts.add(text(field, item)));
    return texts;
  }

  private static Map<String, String> headers(JsonNode node) {
    if (!node.isObject()) {
      throw Refusal.field("headers", "It must be an object of names and values.");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    node.forEachEntry((name, value) -> headers.put(name, text("headers", value)));
    return headers;
  }

  private static int wholeNumber(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw Refusal.field("max_retries", "It must be a whole number.");
    }
    return node.intValue();
  }

  private static double number(String field, JsonNode node) {
    if (!node.isNumber()) {
      throw Refusal.field(field, "It must be a number.");
    }
    return Json.number(node);
  }

  private static boolean truth(JsonNode node) {
    if (!node.isBoolean()) {
      throw Refusal.field("enabled", "It must be true or false.");
    }
    return node.booleanValue();
  }
}

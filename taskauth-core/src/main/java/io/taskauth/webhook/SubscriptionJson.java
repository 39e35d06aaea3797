package io.taskauth.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The subscriptions as the document that the store keeps. */
final class SubscriptionJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SubscriptionJson() {}

  static String write(List<Subscription> all) {
    return MAPPER.writeValueAsString(
        Map.of("webhooks", all.stream().map(SubscriptionJson::members).toList()));
  }

  private static Map<String, @Nullable Object> members(Subscription subscription) {
    Webhook webhook = subscription.webhook();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", webhook.id().toString());
    json.put("url", webhook.url().toString());
    json.put("events", new TreeSet<>(webhook.events()));
    json.put("task_filter", new TreeSet<>(webhook.taskFilter()));
    json.put("headers", subscription.headers());
    json.put("max_retries", webhook.maxRetries());
    json.put("timeout", webhook.timeout().toString());
    json.put("retry_backoff", webhook.retryBackoff());
    json.put("enabled", webhook.enabled());
    json.put("description", webhook.description());
    json.put("created_at", webhook.createdAt().toString());
    json.put("secret", subscription.secret());
    json.put("previous_secret", subscription.previousSecret());
    json.put("previous_secret_until", text(webhook.previousSecretUntil()));
    return json;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  static List<Subscription> read(String document) {
    List<Subscription> all = new ArrayList<>();
    for (JsonNode json : MAPPER.readTree(document).path("webhooks")) {
      all.add(subscription(json));
    }
    return all;
  }

  private static Subscription subscription(JsonNode json) {
    Map<String, String> headers = new TreeMap<>();
    json.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString()));
    String until = optional(json, "previous_secret_until");
    Webhook webhook =
        new Webhook(
            UUID.fromString(json.path("id").asString()),
            URI.create(json.path("url").asString()),
            texts(json.path("events")),
            texts(json.path("task_filter")),
            List.copyOf(headers.keySet()),
            json.path("max_retries").asInt(),
            Duration.parse(json.path("timeout").asString()),
            json.path("retry_backoff").asDouble(),
            json.path("enabled").asBoolean(),
            json.path("description").asString(),
            Instant.parse(json.path("created_at").asString()),
            until == null ? null : Instant.parse(until));
    return new Subscription(
        webhook, json.path("secret").asString(), optional(json, "previous_secret"), headers);
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new LinkedHashSet<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static @Nullable String optional(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value.asString();
  }
}

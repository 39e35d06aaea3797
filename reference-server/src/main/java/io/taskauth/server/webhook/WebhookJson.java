package io.taskauth.server.webhook;

import io.taskauth.server.web.Json;
import io.taskauth.webhook.Delivery;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.WebhookSecret;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Webhooks and deliveries as they stand in answers. */
final class WebhookJson {
  private WebhookJson() {}

  static Map<String, @Nullable Object> of(Webhook webhook) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", webhook.id().toString());
    json.put("url", webhook.url().toString());
    json.put("description", webhook.description());
    json.put("enabled", webhook.enabled());
    json.put("events", webhook.events().stream().sorted().toList());
    json.put("task_filter", webhook.taskFilter().stream().sorted().toList());
    Map<String, String> headers = new TreeMap<>();
    webhook.headers().forEach(name -> headers.put(name, Webhook.Draft.KEEP));
    json.put("headers", headers);
    json.put("max_retries", webhook.maxRetries());
    json.put("timeout_seconds", Numbers.seconds(webhook.timeout()));
    json.put("retry_backoff", webhook.retryBackoff());
    json.put("created_at", Json.instant(webhook.createdAt()));
    json.put("previous_secret_until", Json.instant(webhook.previousSecretUntil()));
    return json;
  }

  /** The only answers that hold the secret. */
  static Map<String, @Nullable Object> of(Webhook webhook, WebhookSecret secret) {
    Map<String, @Nullable Object> json = of(webhook);
    json.put("secret", secret.reveal());
    return json;
  }

  static Map<String, @Nullable Object> of(Delivery delivery) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", delivery.id().toString());
    json.put("webhook_id", delivery.webhookId().toString());
    json.put("event", delivery.event());
    json.put("status", delivery.status().code());
    json.put("attempts", delivery.attempts());
    json.put("replay", delivery.replay());
    json.put("created_at", Json.instant(delivery.createdAt()));
    json.put("next_attempt_at", Json.instant(delivery.nextAttemptAt()));
    json.put("finished_at", Json.instant(delivery.finishedAt()));
    json.put("response_status", delivery.responseStatus());
    json.put("error", delivery.error());
    json.put("took_ms", delivery.tookMillis());
    return json;
  }

  static Map<String, @Nullable Object> of(Delivery.Detail detail) {
    Map<String, @Nullable Object> json = of(detail.delivery());
    json.put("message_id", detail.messageId());
    json.put("request_headers", new TreeMap<>(detail.requestHeaders()));
    json.put("payload", detail.payload());
    json.put("response_body", detail.responseBody());
    json.put("history", detail.history().stream().map(WebhookJson::of).toList());
    return json;
  }

  private static Map<String, @Nullable Object> of(Delivery.Attempt attempt) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("at", Json.instant(attempt.at()));
    json.put("response_status", attempt.responseStatus());
    json.put("error", attempt.error());
    json.put("took_ms", attempt.tookMillis());
    return json;
  }
}

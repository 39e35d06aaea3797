package io.taskauth.webhook;

import io.taskauth.webhook.Delivery.Attempt;
import io.taskauth.work.Work;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deliveries as the texts that a queue keeps: what is sent, what came of it, and a note on it. */
final class DeliveryText {
  private static final int HISTORY = 10;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private DeliveryText() {}

  /**
   * What is sent.
   *
   * @param messageId the same for all receivers, attempts and replays
   */
  record Message(String messageId, String payload, boolean replay) {}

  /** The body of the Standard Webhooks specification: type, timestamp and data. */
  static String payload(WebhookEvent event) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", event.type());
    body.put("timestamp", INSTANT.format(event.at()));
    body.put("data", event.data());
    return MAPPER.writeValueAsString(body);
  }

  /** No dot in it, and nothing that must be escaped anywhere. */
  static String messageId(WebhookEvent event) {
    return "msg_" + event.id().toString().replace("-", "");
  }

  static String input(Message message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("message_id", message.messageId());
    json.put("payload", message.payload());
    json.put("replay", message.replay());
    return MAPPER.writeValueAsString(json);
  }

  static Message message(Work work) {
    JsonNode json = MAPPER.readTree(work.input());
    return new Message(
        json.path("message_id").asString(),
        json.path("payload").asString(),
        json.path("replay").asBoolean());
  }

  /** What a list shows of the last attempt. */
  static String note(Attempt last, boolean replay) {
    Map<String, @Nullable Object> json = attempt(last);
    json.put("replay", replay);
    return MAPPER.writeValueAsString(json);
  }

  /** All that is kept of the attempts. */
  static String output(
      @Nullable String before,
      Attempt last,
      Map<String, String> requestHeaders,
      @Nullable String responseBody) {
    List<Attempt> history = new ArrayList<>(history(before));
    history.add(last);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("request_headers", new TreeMap<>(requestHeaders));
    json.put("response_body", responseBody);
    json.put(
        "attempts",
        history.subList(Math.max(0, history.size() - HISTORY), history.size()).stream()
            .map(DeliveryText::attempt)
            .toList());
    return MAPPER.writeValueAsString(json);
  }

  private static Map<String, @Nullable Object> attempt(Attempt attempt) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", INSTANT.format(attempt.at()));
    json.put("status", attempt.responseStatus());
    json.put("error", attempt.error());
    json.put("took_ms", attempt.tookMillis());
    return json;
  }

  private static List<Attempt> history(@Nullable String output) {
    List<Attempt> history = new ArrayList<>();
    if (output != null) {
      MAPPER.readTree(output).path("attempts").forEach(json -> history.add(attempt(json)));
    }
    return history;
  }

  private static Attempt attempt(JsonNode json) {
    return new Attempt(
        Instant.parse(json.path("at").asString()),
        number(json, "status"),
        text(json, "error"),
        json.path("took_ms").asLong());
  }

  static Delivery delivery(WorkItem item) {
    String note = item.note();
    JsonNode last = note == null ? MAPPER.createObjectNode() : lenient(note);
    return new Delivery(
        item.id(),
        UUID.fromString(item.name()),
        item.label(),
        status(item.status()),
        item.attempts(),
        item.createdAt(),
        item.status() == WorkStatus.QUEUED ? item.dueAt() : null,
        item.finishedAt(),
        number(last, "status"),
        text(last, "error"),
        last.has("took_ms") ? last.path("took_ms").asLong() : null,
        last.path("replay").asBoolean());
  }

  static Delivery.Detail detail(Work work) {
    Message message = message(work);
    String output = work.output();
    JsonNode json = output == null ? MAPPER.createObjectNode() : MAPPER.readTree(output);
    Map<String, String> headers = new TreeMap<>();
    json.path("request_headers").forEachEntry((name, value) -> headers.put(name, value.asString()));
    Delivery brief = delivery(work.item());
    return new Delivery.Detail(
        message.replay() ? asReplay(brief) : brief,
        message.messageId(),
        message.payload(),
        headers,
        text(json, "response_body"),
        history(output));
  }

  /** One that was not tried yet has no note that would say so. */
  private static Delivery asReplay(Delivery brief) {
    return new Delivery(
        brief.id(),
        brief.webhookId(),
        brief.event(),
        brief.status(),
        brief.attempts(),
        brief.createdAt(),
        brief.nextAttemptAt(),
        brief.finishedAt(),
        brief.responseStatus(),
        brief.error(),
        brief.tookMillis(),
        true);
  }

  private static Delivery.Status status(WorkStatus status) {
    return switch (status) {
      case QUEUED, RUNNING -> Delivery.Status.PENDING;
      case SUCCEEDED -> Delivery.Status.DELIVERED;
      case FAILED, CANCELLED -> Delivery.Status.FAILED;
      case DEAD -> Delivery.Status.DEAD;
    };
  }

  /** What cannot be read is nothing: one delivery must not hide the others. */
  private static JsonNode lenient(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      return MAPPER.createObjectNode();
    }
  }

  private static @Nullable Integer number(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value.asInt();
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value.asString();
  }
}

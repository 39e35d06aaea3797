package io.taskauth.audit;

import io.taskauth.audit.AuditEvent.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as JSON: the same object in the file, in the store and over HTTP. */
public final class AuditJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private AuditJson() {}

  /** The members in the order in which people want to read them; null for what is not known. */
  public static Map<String, @Nullable Object> members(AuditEvent event) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ts", INSTANT.format(event.at()));
    json.put("event", event.type().code());
    json.put("outcome", event.outcome().name().toLowerCase(Locale.ROOT));
    json.put("user_id", event.userId() == null ? null : event.userId().toString());
    json.put("username", event.username());
    json.put("ip", event.ip());
    json.put("user_agent", event.userAgent());
    json.put("target", event.target());
    json.put("details", new TreeMap<>(event.details()));
    json.put("id", event.id().toString());
    return json;
  }

  /** One line for every program, without the line's end. */
  public static String line(AuditEvent event) {
    // JSON lets these two stand as they are, and half of all languages take them for line ends.
    return MAPPER
        .writeValueAsString(members(event))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /**
   * The event of a line that {@link #line} wrote; empty where it is none, or of a kind that only a
   * newer version knows.
   */
  public static Optional<AuditEvent> parse(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      return AuditType.ofCode(json.path("event").asString()).map(type -> event(type, json));
    } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  private static AuditEvent event(AuditType type, JsonNode json) {
    Map<String, String> details = new TreeMap<>();
    json.path("details").forEachEntry((name, value) -> details.put(name, value.asString()));
    String userId = text(json, "user_id");
    return new AuditEvent(
        UUID.fromString(json.path("id").asString()),
        Instant.parse(json.path("ts").asString()),
        type,
        Outcome.valueOf(json.path("outcome").asString().toUpperCase(Locale.ROOT)),
        userId == null ? null : UUID.fromString(userId),
        text(json, "username"),
        text(json, "ip"),
        text(json, "user_agent"),
        text(json, "target"),
        details);
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value.asString();
  }
}

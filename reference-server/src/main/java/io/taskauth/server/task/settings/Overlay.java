package io.taskauth.server.task.settings;

import io.taskauth.server.task.Rate;
import io.taskauth.server.task.TaskSettings;
import io.taskauth.server.web.Json;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The fields that somebody has set, and to what. Immutable. */
record Overlay(Map<Field, JsonNode> values) {
  private static final Logger log = LoggerFactory.getLogger(Overlay.class);
  private static final long NANOS = 1_000_000_000L;

  Overlay {
    values = Map.copyOf(values);
  }

  /** What stands in the store. What this version does not understand is not in force. */
  static Overlay parse(String document, Set<Field> fields) {
    Map<Field, JsonNode> values = new EnumMap<>(Field.class);
    Json.read(document)
        .filter(JsonNode::isObject)
        .ifPresent(
            object ->
                object
                    .properties()
                    .forEach(
                        member -> {
                          Optional<Field> field = known(member.getKey(), fields);
                          if (field.filter(f -> f.allows(member.getValue())).isPresent()) {
                            values.put(field.get(), member.getValue());
                          } else {
                            log.debug("an override has a field that is not understood");
                          }
                        }));
    return new Overlay(values);
  }

  private static Optional<Field> known(String code, Set<Field> fields) {
    return Field.ofCode(code).filter(fields::contains);
  }

  /**
   * These with a change (RFC 7396): null clears a field, what is not named stays.
   *
   * @throws BadOverrideException which names the field, and never repeats what was sent
   */
  Overlay patched(JsonNode patch, Set<Field> fields) {
    Map<Field, JsonNode> next = new EnumMap<>(Field.class);
    next.putAll(values);
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      Field field = known(member.getKey(), fields).orElseThrow(() -> unknown(fields));
      JsonNode value = member.getValue();
      if (value.isNull()) {
        next.remove(field);
      } else if (field.allows(value)) {
        next.put(field, value);
      } else {
        throw new BadOverrideException(
            "'" + field.code() + "' must be " + field.rule() + ", or null to clear it.");
      }
    }
    return new Overlay(next);
  }

  private static BadOverrideException unknown(Set<Field> fields) {
    return new BadOverrideException(
        "Use only these fields: "
            + fields.stream().sorted().map(Field::code).collect(Collectors.joining(", "))
            + ".");
  }

  /** As it stands in the store and in answers. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = Json.object();
    for (Field field : Field.values()) {
      if (values.containsKey(field)) {
        json.put(field.code(), values.get(field));
      }
    }
    return json;
  }

  /** What another overlay has otherwise, for the record. */
  Map<String, String> differences(Overlay next) {
    Map<String, String> differences = new TreeMap<>();
    for (Field field : Field.values()) {
      JsonNode now = next.values.get(field);
      if (!Objects.equals(values.get(field), now)) {
        differences.put(field.code(), now == null ? "cleared" : now.asString());
      }
    }
    return differences;
  }

  TaskSettings over(TaskSettings defaults) {
    return new TaskSettings(
        rate(defaults.rateLimit()),
        whole(Field.MAX_CONCURRENT, defaults.maxConcurrent()),
        number(Field.MAX_RETRIES, defaults.maxRetries()),
        duration(Field.RETRY_BACKOFF, defaults.retryBackoff()),
        duration(Field.TIMEOUT, defaults.timeout()),
        number(Field.PRIORITY, defaults.priority()),
        paused(defaults.paused()));
  }

  QueueSettings over(QueueSettings defaults) {
    return new QueueSettings(
        rate(defaults.rateLimit()),
        whole(Field.MAX_CONCURRENT, defaults.maxConcurrent()),
        paused(defaults.paused()));
  }

  private @Nullable Rate rate(@Nullable Rate otherwise) {
    JsonNode value = values.get(Field.RATE_LIMIT);
    return value == null ? otherwise : Rate.parse(value.stringValue()).orElse(otherwise);
  }

  private @Nullable Integer whole(Field field, @Nullable Integer otherwise) {
    JsonNode value = values.get(field);
    return value == null ? otherwise : Integer.valueOf(value.intValue());
  }

  private int number(Field field, int otherwise) {
    JsonNode value = values.get(field);
    return value == null ? otherwise : value.intValue();
  }

  private Duration duration(Field field, Duration otherwise) {
    JsonNode value = values.get(field);
    return value == null ? otherwise : Duration.ofNanos((long) (value.doubleValue() * NANOS));
  }

  private boolean paused(boolean otherwise) {
    JsonNode value = values.get(Field.PAUSED);
    return value == null ? otherwise : value.booleanValue();
  }
}

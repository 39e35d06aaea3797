package io.taskauth.server.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON (RFC 8259), read strictly: no name twice, nothing after it, no depth without end. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** An object with its members in the order in which they are put. */
  public static Map<String, @Nullable Object> object() {
    return new LinkedHashMap<>();
  }

  /** An instant as it stands in answers; null for null. */
  public static @Nullable String instant(@Nullable Instant instant) {
    return instant == null ? null : INSTANT.format(instant);
  }

  /** A number, infinite where no double holds it. */
  public static double number(JsonNode number) {
    return Double.parseDouble(number.asString());
  }

  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Over several lines, for people; as it is where it is no JSON. */
  public static String pretty(String text) {
    return read(text)
        .map(json -> MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json))
        .orElse(text);
  }

  /** Empty where it is no JSON. */
  public static Optional<JsonNode> read(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Empty where it is no JSON, no UTF-8, or holds what no database takes. */
  static Optional<JsonNode> read(byte[] bytes) {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())
          .filter(Json::isStorable);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether there is no NUL and no half of a surrogate pair in it: both can be written escaped. */
  private static boolean isStorable(JsonNode node) {
    if (node.isString()) {
      return isStorable(node.stringValue());
    }
    return node.propertyNames().stream().allMatch(Json::isStorable)
        && node.valueStream().allMatch(Json::isStorable);
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}

package io.taskauth.servlet.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The JSON that the library answers with: snake_case names, instants in UTC with milliseconds. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** An instant as it stands in answers; null for null. */
  public static @Nullable String instant(@Nullable Instant instant) {
    return instant == null ? null : INSTANT.format(instant);
  }

  /** An object with its members in the order in which they are put. */
  public static Map<String, @Nullable Object> object() {
    return new LinkedHashMap<>();
  }

  static byte[] bytes(Object body) {
    return MAPPER.writeValueAsBytes(body);
  }
}

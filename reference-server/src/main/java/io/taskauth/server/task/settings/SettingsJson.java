package io.taskauth.server.task.settings;

import io.taskauth.server.task.Rate;
import io.taskauth.server.task.TaskSettings;
import io.taskauth.server.web.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings as they stand in answers: the same names as in overrides, durations in seconds. */
final class SettingsJson {
  private SettingsJson() {}

  static Map<String, @Nullable Object> of(TaskSettings settings) {
    Map<String, @Nullable Object> json = Json.object();
    json.put(Field.RATE_LIMIT.code(), text(settings.rateLimit()));
    json.put(Field.MAX_CONCURRENT.code(), settings.maxConcurrent());
    json.put(Field.MAX_RETRIES.code(), settings.maxRetries());
    json.put(Field.RETRY_BACKOFF.code(), seconds(settings.retryBackoff()));
    json.put(Field.TIMEOUT.code(), seconds(settings.timeout()));
    json.put(Field.PRIORITY.code(), settings.priority());
    json.put(Field.PAUSED.code(), settings.paused());
    return json;
  }

  static Map<String, @Nullable Object> of(QueueSettings settings) {
    Map<String, @Nullable Object> json = Json.object();
    json.put(Field.RATE_LIMIT.code(), text(settings.rateLimit()));
    json.put(Field.MAX_CONCURRENT.code(), settings.maxConcurrent());
    json.put(Field.PAUSED.code(), settings.paused());
    return json;
  }

  private static @Nullable String text(@Nullable Rate rate) {
    return rate == null ? null : rate.toString();
  }

  /** 600, not 600.0, and 0.25. */
  private static Number seconds(Duration duration) {
    if (duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      return duration.toSeconds();
    }
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
  }
}

package io.taskauth.server.page;

import io.taskauth.server.web.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An instant on a page: as people read it, and as programs do. */
public record When(String text, String machine) {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  public static When of(Instant instant) {
    return new When(SECOND.format(instant), String.valueOf(Json.instant(instant)));
  }

  public static @Nullable When ofNullable(@Nullable Instant instant) {
    return instant == null ? null : of(instant);
  }
}

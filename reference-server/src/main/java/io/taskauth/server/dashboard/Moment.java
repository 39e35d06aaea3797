package io.taskauth.server.dashboard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An instant, for programs and for people. */
public record Moment(String machine, String text) {
  static final Moment NONE = new Moment("", "");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  static Moment of(Instant instant) {
    return new Moment(instant.toString(), TIME.format(instant));
  }
}

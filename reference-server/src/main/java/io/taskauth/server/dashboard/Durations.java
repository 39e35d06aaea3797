package io.taskauth.server.dashboard;

import java.time.Duration;

/** Lengths of time in words. */
final class Durations {
  private Durations() {}

  /** In the largest unit that it is a whole number of. */
  static String words(Duration duration) {
    if (duration.toSeconds() % 3600 == 0) {
      return counted(duration.toHours(), "hour");
    }
    return duration.toSeconds() % 60 == 0
        ? counted(duration.toMinutes(), "minute")
        : counted(duration.toSeconds(), "second");
  }

  private static String counted(long number, String unit) {
    return number == 1 ? unit : number + " " + unit + "s";
  }
}

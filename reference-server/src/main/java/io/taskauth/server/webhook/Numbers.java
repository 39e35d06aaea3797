package io.taskauth.server.webhook;

import java.math.BigDecimal;
import java.time.Duration;

/** Seconds and factors as people write them: 10, not 10.0. */
final class Numbers {
  private Numbers() {}

  static BigDecimal seconds(Duration duration) {
    return plain(BigDecimal.valueOf(duration.toMillis(), 3));
  }

  static String text(double number) {
    return plain(BigDecimal.valueOf(number)).toPlainString();
  }

  /** To the millisecond; what is too much for any duration is too long anyway. */
  static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

package io.taskauth.server.task.settings;

import io.taskauth.server.task.Rate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What an operator may set, and to what. */
enum Field {
  RATE_LIMIT("a rate like \"10/s\", \"100/m\" or \"1000/h\""),
  MAX_CONCURRENT("a whole number from 1 to 1000"),
  MAX_RETRIES("a whole number from 0 to 100"),
  RETRY_BACKOFF("a number of seconds from 0 to 3600"),
  TIMEOUT("a number of seconds from 0.001 to 86400"),
  PRIORITY("a whole number from -100 to 100"),
  PAUSED("true or false");

  private final String rule;

  Field(String rule) {
    this.rule = rule;
  }

  /** The name in JSON. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Field> ofCode(String code) {
    return Stream.of(values()).filter(field -> field.code().equals(code)).findFirst();
  }

  /** What it may be, to go on with after "must be". */
  String rule() {
    return rule;
  }

  boolean allows(JsonNode value) {
    return switch (this) {
      case RATE_LIMIT -> value.isString() && Rate.parse(value.stringValue()).isPresent();
      case MAX_CONCURRENT -> isWhole(value, 1, 1000);
      case MAX_RETRIES -> isWhole(value, 0, 100);
      case RETRY_BACKOFF -> isBetween(value, 0, 3600);
      case TIMEOUT -> isBetween(value, 0.001, 86_400);
      case PRIORITY -> isWhole(value, -100, 100);
      case PAUSED -> value.isBoolean();
    };
  }

  private static boolean isWhole(JsonNode value, int min, int max) {
    return value.isIntegralNumber() && value.canConvertToInt() && isBetween(value, min, max);
  }

  private static boolean isBetween(JsonNode value, double min, double max) {
    return value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max;
  }
}

package io.taskauth.server.people;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file may say about a user. */
enum Column {
  USERNAME,
  EMAIL,
  DISPLAY_NAME,
  ROLE,
  ACTIVE,
  PASSWORD_HASH;

  /** As files spell it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Column> ofCode(String code) {
    return Stream.of(values()).filter(column -> column.code().equals(code)).findFirst();
  }
}

package io.taskauth.server.docs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands above a block and says what proves it: {@code <!-- code:jetty -->}. */
record Marker(String kind, String name) {
  private static final Pattern WRITTEN =
      Pattern.compile("\\s*<!-- ([a-z]+):([A-Za-z0-9._/-]+) -->\\s*");

  /** Of the line above a block; empty where it is none. */
  static Optional<Marker> of(String line) {
    Matcher written = WRITTEN.matcher(line);
    return written.matches()
        ? Optional.of(new Marker(written.group(1), written.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return kind + ":" + name;
  }
}

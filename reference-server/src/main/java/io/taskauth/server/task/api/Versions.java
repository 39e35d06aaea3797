package io.taskauth.server.task.api;

import io.taskauth.server.web.Call;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Versions as entity tags (RFC 9110, sections 8.8.3 and 13.1.1). */
final class Versions {
  private Versions() {}

  static String tag(long version) {
    return "\"" + version + "\"";
  }

  /** Which versions the change was made for: any, where {@code If-Match} does not say. */
  static LongPredicate expected(Call call) {
    String header = call.header("If-Match").orElse("*");
    return version ->
        Stream.of(header.split(",", -1))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.equals(tag(version)));
  }
}

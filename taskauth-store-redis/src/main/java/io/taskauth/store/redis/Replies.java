package io.taskauth.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Redis answers, as Java has it. */
final class Replies {
  private Replies() {}

  static @Nullable String textOrNull(@Nullable Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, UTF_8);
    }
    return reply == null ? null : reply.toString();
  }

  static String text(@Nullable Object reply) {
    String text = textOrNull(reply);
    return text == null ? "" : text;
  }

  static long number(@Nullable Object reply) {
    return reply instanceof Long number ? number : Long.parseLong(text(reply));
  }

  static List<@Nullable Object> list(@Nullable Object reply) {
    List<@Nullable Object> items = new ArrayList<>();
    if (reply instanceof List<?> list) {
      items.addAll(list);
    }
    return items;
  }

  static List<String> texts(@Nullable Object reply) {
    return list(reply).stream().map(Replies::text).toList();
  }

  static Fields fields(@Nullable Object reply) {
    return Fields.of(texts(reply));
  }
}

package io.taskauth.servlet.endpoint;

import io.taskauth.page.Page;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.ListQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists as JSON, all of one form: {@code items}, and where the next page begins. */
final class Lists {
  private Lists() {}

  static <T> Map<String, @Nullable Object> json(
      Page<T> page, Function<T, Map<String, @Nullable Object>> item) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("items", page.items().stream().map(item).toList());
    json.put("next_cursor", ListQuery.cursorText(page));
    return json;
  }

  /** A list that is short enough to be told at once. */
  static <T> Map<String, @Nullable Object> json(
      List<T> all, Function<T, Map<String, @Nullable Object>> item) {
    return json(new Page<>(all, null), item);
  }
}

package io.taskauth.servlet.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.page.Page;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.ListQuery;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The links below a list.
 *
 * @param first the first page, or null where this is it
 * @param next the next page, or null where this is the last
 */
public record Paging(@Nullable String first, @Nullable String next) {
  /**
   * @param path of the page that shows the list
   * @param query what else the list was asked for
   */
  static Paging of(Exchange exchange, String path, Map<String, String> query, Page<?> page) {
    String cursor = ListQuery.cursorText(page);
    Map<String, String> onward = new LinkedHashMap<>(query);
    onward.put("cursor", cursor == null ? "" : cursor);
    boolean later = exchange.parameter("cursor").isPresent();
    return new Paging(
        later ? exchange.base() + path + text(query) : null,
        cursor == null ? null : exchange.base() + path + text(onward));
  }

  private static String text(Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? "" : "?" + text;
  }
}

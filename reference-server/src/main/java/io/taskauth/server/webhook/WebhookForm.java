package io.taskauth.server.webhook;

import io.taskauth.webhook.Webhook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the form of a webhook shows: what is set, or what was typed.
 *
 * @param tasks one name in each line
 * @param errors what is wrong, by the names of fields in the API
 */
public record WebhookForm(
    String url,
    String description,
    Set<String> events,
    String tasks,
    String maxRetries,
    String timeout,
    String backoff,
    List<HeaderField> headers,
    Map<String, String> errors) {
  static final int MAX_HEADERS = 10;
  private static final int SPARE_ROWS = 2;

  static WebhookForm blank() {
    return new WebhookForm("", "", Set.of(), "", "3", "10", "2", withSpare(List.of()), Map.of());
  }

  static WebhookForm of(Webhook webhook) {
    return new WebhookForm(
        webhook.url().toString(),
        webhook.description(),
        webhook.events(),
        webhook.taskFilter().stream().sorted().collect(Collectors.joining("\n")),
        String.valueOf(webhook.maxRetries()),
        Numbers.seconds(webhook.timeout()).toPlainString(),
        Numbers.text(webhook.retryBackoff()),
        withSpare(webhook.headers().stream().map(name -> new HeaderField(name, true)).toList()),
        Map.of());
  }

  /** With empty rows for more. */
  static List<HeaderField> withSpare(List<HeaderField> headers) {
    List<HeaderField> rows = new ArrayList<>(headers);
    int wanted = Math.min(MAX_HEADERS, headers.size() + SPARE_ROWS);
    while (rows.size() < wanted) {
      rows.add(new HeaderField("", false));
    }
    return rows;
  }

  WebhookForm with(String field, String error) {
    Map<String, String> more = new LinkedHashMap<>(errors);
    more.putIfAbsent(field, error);
    return new WebhookForm(
        url, description, events, tasks, maxRetries, timeout, backoff, headers, more);
  }

  public @Nullable String error(String field) {
    return errors.get(field);
  }

  /** For {@code aria-invalid}. */
  public @Nullable String invalid(String field) {
    return errors.containsKey(field) ? "true" : null;
  }

  /**
   * For {@code aria-describedby}: the error where there is one, and the help where there is any.
   */
  public @Nullable String described(String field, boolean help) {
    String error = errors.containsKey(field) ? field + "-error" : "";
    String text = error + (help ? " " + field + "-help" : "");
    return text.isEmpty() ? null : text.strip();
  }
}

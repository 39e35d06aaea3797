package io.taskauth.server.webhook;

import io.taskauth.server.page.Visit;
import io.taskauth.webhook.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the form of a webhook, with everything that is wrong about it. Belongs to one request. */
final class FormReader {
  private final Visit visit;
  private final List<String> present;
  private final Map<String, String> errors = new LinkedHashMap<>();
  private final List<HeaderField> rows = new ArrayList<>();
  private final Optional<Webhook.Draft> draft;

  /**
   * @param present the names of headers whose values there are
   * @param enabled what the form does not say
   */
  FormReader(Visit visit, List<String> present, boolean enabled) {
    this.visit = visit;
    this.present = present;
    this.draft = read(enabled);
  }

  /** Empty where something in it cannot even be read. */
  Optional<Webhook.Draft> draft() {
    return draft;
  }

  /** What was typed, but for the values of headers. */
  WebhookForm shown() {
    return new WebhookForm(
        visit.text("url"),
        visit.text("description"),
        Set.copyOf(visit.texts("event")),
        visit.text("tasks"),
        visit.text("max_retries"),
        visit.text("timeout_seconds"),
        visit.text("retry_backoff"),
        WebhookForm.withSpare(rows),
        errors);
  }

  private Optional<Webhook.Draft> read(boolean enabled) {
    URI url = url();
    Map<String, String> headers = headers();
    double retries = number("max_retries");
    if (retries != Math.rint(retries)) {
      errors.putIfAbsent("max_retries", "It must be a whole number.");
    }
    Duration timeout = Numbers.duration(number("timeout_seconds"));
    double backoff = number("retry_backoff");
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Webhook.Draft(
            url,
            Set.copyOf(visit.texts("event")),
            tasks(),
            headers,
            // What no int holds becomes the greatest one, which is too many as well.
            (int) retries,
            timeout,
            backoff,
            enabled,
            visit.text("description")));
  }

  private URI url() {
    String text = visit.text("url");
    if (text.isEmpty()) {
      errors.put("url", "It is missing.");
      return URI.create("");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      errors.put("url", "It is no URL.");
      return URI.create("");
    }
  }

  private Set<String> tasks() {
    return visit
        .text("tasks")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < WebhookForm.MAX_HEADERS; i++) {
      String name = visit.text("header_name_" + i);
      String value = visit.text("header_value_" + i);
      if (name.isEmpty() && value.isEmpty()) {
        continue;
      }
      boolean known = present.contains(name);
      rows.add(new HeaderField(name, known));
      if (name.isEmpty()) {
        errors.putIfAbsent("headers", "A value needs a name before it.");
      } else if (value.isEmpty() && !known) {
        errors.putIfAbsent("headers", "Type the value of each new header.");
      } else if (headers.put(name, value.isEmpty() ? Webhook.Draft.KEEP : value) != null) {
        errors.putIfAbsent("headers", "A header is there twice.");
      }
    }
    return headers;
  }

  private double number(String field) {
    try {
      double number = Double.parseDouble(visit.text(field));
      if (!Double.isNaN(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    errors.put(field, "It must be a number.");
    return 0;
  }
}

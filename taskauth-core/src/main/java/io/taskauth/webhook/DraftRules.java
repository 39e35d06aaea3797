package io.taskauth.webhook;

import io.taskauth.internal.Text;
import io.taskauth.webhook.Webhooks.Outcome.Invalid;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a subscription may be. */
final class DraftRules {
  static final int MAX_HEADERS = 10;
  static final int MAX_RETRIES = 10;
  static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
  static final double MAX_BACKOFF = 60;

  private static final int MAX_URL = 2000;
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_TASKS = 50;
  private static final int MAX_TASK = 200;

  private final Set<String> known;
  private final WebhookSender sender;

  DraftRules(Collection<String> eventTypes, WebhookSender sender) {
    this.known = new HashSet<>(eventTypes);
    for (String type : eventTypes) {
      known.add(type.substring(0, type.indexOf('.')) + ".*");
    }
    this.sender = sender;
  }

  /**
   * What is wrong with it; empty where nothing is. The address is resolved for this, unless it
   * stays: what is no longer to be found must be possible to turn off.
   *
   * @param present what it shall replace, whose values of headers may be kept; null for a new one
   */
  Optional<Invalid> objection(Webhook.Draft draft, @Nullable Webhook present) {
    List<String> headers = present == null ? List.of() : present.headers();
    return Stream.of(
            events(draft),
            tasks(draft),
            headers(draft, headers),
            keptElsewhere(draft, present),
            numbers(draft),
            description(draft))
        .flatMap(Optional::stream)
        .findFirst()
        // Last, because only this asks somebody else.
        .or(() -> isAsBefore(draft, present) ? Optional.empty() : url(draft.url()));
  }

  private static boolean isAsBefore(Webhook.Draft draft, @Nullable Webhook present) {
    return present != null
        && draft.url().equals(present.url())
        && (present.enabled() || !draft.enabled());
  }

  /** Or whoever may set an address could have the values sent to themselves. */
  private static Optional<Invalid> keptElsewhere(Webhook.Draft draft, @Nullable Webhook present) {
    boolean elsewhere =
        present != null
            && !String.valueOf(draft.url().getRawAuthority())
                .equalsIgnoreCase(present.url().getRawAuthority());
    return elsewhere && draft.headers().containsValue(Webhook.Draft.KEEP)
        ? invalid("headers", "Give the values of the headers again for another host.")
        : Optional.empty();
  }

  private Optional<Invalid> url(URI url) {
    if (url.toString().length() > MAX_URL) {
      return invalid("url", "An address has at most " + MAX_URL + " characters.");
    }
    return sender.objection(url).map(reason -> new Invalid("url", reason));
  }

  private Optional<Invalid> events(Webhook.Draft draft) {
    return known.containsAll(draft.events())
        ? Optional.empty()
        : invalid(
            "events", "One of these is no type of an event; GET /api/event-types lists them.");
  }

  private static Optional<Invalid> tasks(Webhook.Draft draft) {
    boolean fine =
        draft.taskFilter().size() <= MAX_TASKS
            && draft.taskFilter().stream()
                .allMatch(
                    name -> !name.isEmpty() && name.length() <= MAX_TASK && Text.isClean(name));
    return fine
        ? Optional.empty()
        : invalid("task_filter", "A filter has at most " + MAX_TASKS + " names of tasks.");
  }

  private static Optional<Invalid> headers(Webhook.Draft draft, List<String> present) {
    if (draft.headers().size() > MAX_HEADERS) {
      return invalid("headers", "There are at most " + MAX_HEADERS + " headers.");
    }
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, String> header : draft.headers().entrySet()) {
      if (!names.add(header.getKey().toLowerCase(Locale.ROOT))) {
        return invalid("headers", "A header is there twice.");
      }
      boolean kept = header.getValue().equals(Webhook.Draft.KEEP);
      if (kept && !present.contains(header.getKey())) {
        return invalid("headers", "A value that is masked can only stand for one that is there.");
      }
      Optional<String> objection =
          WebhookHeaders.objectionToHeader(header.getKey(), kept ? "kept" : header.getValue());
      if (objection.isPresent()) {
        return invalid("headers", objection.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<Invalid> numbers(Webhook.Draft draft) {
    if (draft.maxRetries() < 1 || draft.maxRetries() > MAX_RETRIES) {
      return invalid("max_retries", "There are 1 to " + MAX_RETRIES + " attempts.");
    }
    Duration timeout = draft.timeout();
    if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      return invalid("timeout_seconds", "An attempt may take 0.1 to 30 seconds.");
    }
    double backoff = draft.retryBackoff();
    return backoff >= 0 && backoff <= MAX_BACKOFF
        ? Optional.empty()
        : invalid("retry_backoff", "The pause grows by a factor of 0 to 60.");
  }

  private static Optional<Invalid> description(Webhook.Draft draft) {
    boolean fine =
        draft.description().length() <= MAX_DESCRIPTION && Text.isClean(draft.description());
    return fine
        ? Optional.empty()
        : invalid("description", "A description is one line of up to 200 characters.");
  }

  private static Optional<Invalid> invalid(String field, String reason) {
    return Optional.of(new Invalid(field, reason));
  }
}

package io.taskauth.webhook;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that other programs may want to hear of. Immutable.
 *
 * @param id the same when it is published again, so that nobody hears of it twice
 * @param type a group and a name with a dot between them, as in {@code task.failed}
 * @param at when it happened
 * @param task the name of the task it is about, for subscriptions to some tasks only; null where it
 *     is about none
 * @param data what there is to say, as JSON can say it; never a secret
 */
public record WebhookEvent(
    UUID id, String type, Instant at, @Nullable String task, Map<String, @Nullable Object> data) {
  /** What an event's type looks like. */
  private static final Pattern TYPE =
      Pattern.compile("[a-z][a-z0-9_]{0,31}\\.[a-z][a-z0-9_]{0,63}");

  /** The event that only a test delivery has. */
  public static final String TEST = "webhook.test";

  public WebhookEvent {
    requireType(type);
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /**
   * @throws IllegalArgumentException where it is no group and name with a dot between them, in
   *     lower case
   */
  public static void requireType(String type) {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "'" + type + "' is no type of an event: it takes a group and a name, as in task.failed");
    }
  }
}

package io.taskauth.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is kept: what must be told to others is sealed. Immutable.
 *
 * @param secret sealed
 * @param previousSecret sealed; null where there is none
 * @param headers names and sealed values
 */
record Subscription(
    Webhook webhook, String secret, @Nullable String previousSecret, Map<String, String> headers) {
  Subscription {
    headers = new TreeMap<>(headers);
  }

  static String secretContext(Webhook webhook) {
    return "webhook " + webhook.id() + " secret";
  }

  static String headerContext(Webhook webhook, String name) {
    return "webhook " + webhook.id() + " header " + name;
  }

  /** The sealed secrets that sign at that time. */
  List<String> secretsAt(Instant now) {
    Instant until = webhook.previousSecretUntil();
    return previousSecret != null && until != null && now.isBefore(until)
        ? List.of(secret, previousSecret)
        : List.of(secret);
  }
}

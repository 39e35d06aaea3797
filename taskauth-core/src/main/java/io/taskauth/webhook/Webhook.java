package io.taskauth.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is shown: without its secret, and with the names of its headers only.
 * Immutable.
 *
 * @param url where events are sent
 * @param events their types, or a group as in {@code auth.*}; none stands for all
 * @param taskFilter the tasks whose events are wanted; none stands for all
 * @param headers the names of what is sent besides
 * @param maxRetries how many attempts there are in all, at least one
 * @param timeout how long one attempt may take
 * @param retryBackoff the pause before attempt n+1 is this to the power of n, in seconds
 * @param enabled while it is not, nothing is sent and no event is noted for it
 * @param description what its owner says it is for
 * @param previousSecretUntil how long the secret before this one signs too; null where none does
 */
public record Webhook(
    UUID id,
    URI url,
    Set<String> events,
    Set<String> taskFilter,
    List<String> headers,
    int maxRetries,
    Duration timeout,
    double retryBackoff,
    boolean enabled,
    String description,
    Instant createdAt,
    @Nullable Instant previousSecretUntil) {
  /** Whether it wants to hear of this. */
  boolean wants(WebhookEvent event) {
    return enabled && wantsType(event.type()) && wantsTask(event.task());
  }

  private boolean wantsType(String type) {
    return events.isEmpty()
        || events.contains(type)
        || events.contains(type.substring(0, type.indexOf('.')) + ".*");
  }

  private boolean wantsTask(@Nullable String task) {
    return task == null || taskFilter.isEmpty() || taskFilter.contains(task);
  }

  /**
   * What somebody wants a subscription to be; see {@link Webhook}.
   *
   * @param headers with their values; {@link #KEEP} as a value keeps the one that is there
   */
  public record Draft(
      URI url,
      Set<String> events,
      Set<String> taskFilter,
      Map<String, String> headers,
      int maxRetries,
      Duration timeout,
      double retryBackoff,
      boolean enabled,
      String description) {
    /** How values of headers are shown, and what stands for the one that is there. */
    public static final String KEEP = "********";

    public Draft {
      events = Set.copyOf(events);
      taskFilter = Set.copyOf(taskFilter);
      headers = Map.copyOf(headers);
    }

    /** All events to this address, three attempts of ten seconds, pauses of 2 and 4 seconds. */
    public static Draft to(URI url) {
      return new Draft(url, Set.of(), Set.of(), Map.of(), 3, Duration.ofSeconds(10), 2.0, true, "");
    }

    /** The headers' values are secrets. */
    @Override
    public String toString() {
      return "Draft[" + url.getHost() + "]";
    }
  }
}

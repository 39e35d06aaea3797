package io.taskauth.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a receiver. Immutable.
 *
 * @param event its type
 * @param attempts how often it was tried
 * @param nextAttemptAt null where there will be none
 * @param responseStatus what the receiver last answered; null where it has not
 * @param error what was wrong with the last attempt, as a sentence
 * @param tookMillis how long the last attempt took
 * @param replay whether somebody asked for it to be sent again
 */
public record Delivery(
    UUID id,
    UUID webhookId,
    String event,
    Status status,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant finishedAt,
    @Nullable Integer responseStatus,
    @Nullable String error,
    @Nullable Long tookMillis,
    boolean replay) {
  /** Where it is on its way. */
  public enum Status {
    /** Waits for an attempt, the first or another one, or is being tried. */
    PENDING,
    /** The receiver answered with 2xx. */
    DELIVERED,
    /** The receiver does not want it, or must not be asked: no other attempt would help. */
    FAILED,
    /** Every attempt failed. */
    DEAD;

    /** The name in answers, in lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that name; empty where there is none. */
    public static Optional<Status> ofCode(String code) {
      return Stream.of(values()).filter(status -> status.code().equals(code)).findFirst();
    }
  }

  /** One attempt, as it went. */
  public record Attempt(
      Instant at, @Nullable Integer responseStatus, @Nullable String error, long tookMillis) {}

  /**
   * All there is to know of a delivery. Immutable.
   *
   * @param messageId {@code webhook-id}, the same in every attempt and replay
   * @param payload the body, to the letter
   * @param requestHeaders of the last attempt; what is confidential is masked
   * @param responseBody the beginning of the last answer; null where there was none
   * @param history the last attempts, oldest first
   */
  public record Detail(
      Delivery delivery,
      String messageId,
      String payload,
      Map<String, String> requestHeaders,
      @Nullable String responseBody,
      List<Attempt> history) {
    public Detail {
      requestHeaders = Map.copyOf(requestHeaders);
      history = List.copyOf(history);
    }
  }

  /**
   * A part of the record of deliveries, newest first.
   *
   * @param total how many there are
   * @param matching how many of those the filter lets through
   */
  public record Listing(List<Delivery> items, long total, long matching) {
    public Listing {
      items = List.copyOf(items);
    }
  }
}

package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.token.Sealer;
import io.taskauth.webhook.Delivery.Attempt;
import io.taskauth.webhook.WebhookSender.Answer;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One attempt of a delivery: signs it, sends it, and says what comes of that. Threads share it. */
final class DeliveryAttempt {
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final String UNREADABLE =
      "The signing secret cannot be read with the secret keys in force: rotate it.";

  private static final String LOST = "The servers that tried it ended before they could say more.";

  private final WebhookSender sender;
  private final Sealer sealer;
  private final InstantSource clock;
  private final RandomGenerator random;

  DeliveryAttempt(
      WebhookSender sender, Sealer sealer, InstantSource clock, RandomGenerator random) {
    this.sender = sender;
    this.sealer = sealer;
    this.clock = clock;
    this.random = random;
  }

  Settlement make(Subscription subscription, Work work) {
    DeliveryText.Message message = DeliveryText.message(work);
    Instant start = clock.instant();
    if (work.item().attempts() > subscription.webhook().maxRetries()) {
      // Nobody said what came of the last one: its node was lost each time.
      Attempt attempt = new Attempt(start, null, LOST, 0);
      return Settlement.finished(
          WorkStatus.DEAD,
          start,
          DeliveryText.note(attempt, message.replay()),
          DeliveryText.output(work.output(), attempt, Map.of(), null));
    }
    Optional<Map<String, String>> headers = headers(subscription, message, start);
    if (headers.isEmpty()) {
      Attempt attempt = new Attempt(start, null, UNREADABLE, 0);
      return settle(subscription, work, message, attempt, Map.of(), null, false);
    }
    long began = System.nanoTime();
    Answer answer =
        sender.send(
            new WebhookSender.Request(
                subscription.webhook().url(),
                headers.get(),
                message.payload(),
                subscription.webhook().timeout()));
    long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
    Map<String, String> shown = masked(subscription, headers.get());
    if (answer instanceof Answer.Responded responded) {
      int status = responded.status();
      Attempt attempt = new Attempt(start, status, errorOf(status), took);
      return settle(subscription, work, message, attempt, shown, responded.body(), status >= 500);
    }
    if (answer instanceof Answer.Failed failed) {
      Attempt attempt = new Attempt(start, null, failed.reason(), took);
      return settle(subscription, work, message, attempt, shown, null, true);
    }
    Attempt attempt = new Attempt(start, null, ((Answer.Refused) answer).reason(), took);
    return settle(subscription, work, message, attempt, Map.of(), null, false);
  }

  private static @Nullable String errorOf(int status) {
    if (isDelivered(status)) {
      return null;
    }
    return status >= 300 && status < 400
        ? "The receiver sent a redirect, which is not followed."
        : "The receiver answered with " + status + ".";
  }

  private static boolean isDelivered(@Nullable Integer status) {
    return status != null && status >= 200 && status < 300;
  }

  private Settlement settle(
      Subscription subscription,
      Work work,
      DeliveryText.Message message,
      Attempt attempt,
      Map<String, String> shown,
      @Nullable String responseBody,
      boolean mayTryAgain) {
    Instant now = clock.instant();
    String note = DeliveryText.note(attempt, message.replay());
    String output = DeliveryText.output(work.output(), attempt, shown, responseBody);
    if (isDelivered(attempt.responseStatus())) {
      return Settlement.finished(WorkStatus.SUCCEEDED, now, note, output);
    }
    if (!mayTryAgain) {
      return Settlement.finished(WorkStatus.FAILED, now, note, output);
    }
    if (work.item().attempts() >= subscription.webhook().maxRetries()) {
      return Settlement.finished(WorkStatus.DEAD, now, note, output);
    }
    return Settlement.again(now, now.plus(pause(subscription, work)), note, output);
  }

  /** A little more or less each time: what failed together must not come back together. */
  private Duration pause(Subscription subscription, Work work) {
    double seconds =
        Math.pow(subscription.webhook().retryBackoff(), work.item().attempts())
            * (0.9 + 0.2 * random.nextDouble());
    return Duration.ofMillis(
        (long) Math.min((double) LONGEST_PAUSE.toMillis(), Math.max(0, seconds * 1000)));
  }

  /** Empty where what signs them cannot be read. */
  private Optional<Map<String, String>> headers(
      Subscription subscription, DeliveryText.Message message, Instant now) {
    Webhook webhook = subscription.webhook();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> own : subscription.headers().entrySet()) {
      Optional<String> value =
          sealer.open(own.getValue(), Subscription.headerContext(webhook, own.getKey()));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      headers.put(own.getKey(), value.get());
    }
    List<WebhookSecret> secrets = new ArrayList<>();
    for (String sealed : subscription.secretsAt(now)) {
      sealer
          .open(sealed, Subscription.secretContext(webhook))
          .map(WebhookSecret::of)
          .ifPresent(secrets::add);
    }
    if (secrets.isEmpty()) {
      return Optional.empty();
    }
    String id = message.messageId();
    byte[] body = message.payload().getBytes(UTF_8);
    headers.put("Content-Type", "application/json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", String.valueOf(now.getEpochSecond()));
    headers.put("webhook-signature", WebhookSignature.sign(id, now, body, secrets));
    if (message.replay()) {
      headers.put("webhook-replay", "true");
    }
    return Optional.of(headers);
  }

  /**
   * A header of the subscription's own may be a key; a signature proves nothing to anybody else.
   */
  private static Map<String, String> masked(
      Subscription subscription, Map<String, String> headers) {
    Map<String, String> shown = new TreeMap<>(headers);
    subscription.headers().keySet().forEach(name -> shown.put(name, Webhook.Draft.KEEP));
    return shown;
  }
}

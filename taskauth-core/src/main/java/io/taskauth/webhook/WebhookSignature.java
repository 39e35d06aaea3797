package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.HmacSha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The signature of the Standard Webhooks specification, symmetric scheme (v1). */
public final class WebhookSignature {
  private WebhookSignature() {}

  /**
   * The value of {@code webhook-signature}. With several secrets it has a signature for each, so
   * that a receiver may know the old one or the new one while a secret is being replaced.
   *
   * @param id the value of {@code webhook-id}, which must have no dot in it: the dot parts what is
   *     signed, and two messages could have the same signature
   * @param timestamp of this attempt; {@code webhook-timestamp} has its seconds
   * @throws IllegalArgumentException where the id is empty or has a dot, or there is no secret
   */
  public static String sign(
      String id, Instant timestamp, byte[] body, List<WebhookSecret> secrets) {
    if (id.isEmpty() || id.indexOf('.') >= 0) {
      throw new IllegalArgumentException("the id of a webhook must have no dot and not be empty");
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a webhook needs a secret to be signed with");
    }
    byte[] head = (id + "." + timestamp.getEpochSecond() + ".").getBytes(UTF_8);
    byte[] signed = ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
    return secrets.stream()
        .map(secret -> new HmacSha256(secret.bytes()).of(signed))
        .map(mac -> "v1," + Base64.getEncoder().encodeToString(mac))
        .collect(Collectors.joining(" "));
  }
}

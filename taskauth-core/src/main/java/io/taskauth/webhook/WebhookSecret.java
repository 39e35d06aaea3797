package io.taskauth.webhook;

import io.taskauth.internal.Hashes;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a subscription's requests are signed with, shared with its receiver. Prints as {@code
 * [redacted]}; whoever needs the text says so with {@link #reveal()}. Immutable.
 */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int OUR_BYTES = 32;

  private final String text;

  private WebhookSecret(String text) {
    this.text = text;
  }

  /** A new one. */
  public static WebhookSecret random(SecureRandom random) {
    byte[] bytes = new byte[OUR_BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * The secret that this is the text of.
   *
   * @throws IllegalArgumentException where it is not {@code whsec_} and the base64 of 24 to 64
   *     bytes, which is what the Standard Webhooks specification demands
   */
  public static WebhookSecret of(String text) {
    WebhookSecret secret = new WebhookSecret(text);
    int bytes = text.startsWith(PREFIX) ? secret.bytesOrNone().length : 0;
    if (bytes < FEWEST_BYTES || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a webhook's secret is whsec_ and the base64 of 24 to 64 bytes");
    }
    return secret;
  }

  /** The text itself, as the receiver gets it. */
  public String reveal() {
    return text;
  }

  byte[] bytes() {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  private byte[] bytesOrNone() {
    try {
      return bytes();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WebhookSecret that && Hashes.constantTimeEquals(text, that.text);
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

package io.taskauth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Hashes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One secret that tokens are signed with. The secret itself is only a source: each use gets a key
 * of its own out of it, so that none can stand in for another. Prints as {@code [redacted]}.
 */
public final class SigningKey {
  /** The fewest bytes of a secret (RFC 7518, section 3.2: as long as the hash). */
  public static final int MIN_BYTES = 32;

  private final byte[] secret;
  private final String id;

  private SigningKey(byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a secret key must have at least "
              + MIN_BYTES
              + " bytes, this one has "
              + secret.length
              + "; make one with: openssl rand -base64 48");
    }
    if (isRepetitive(secret)) {
      throw new IllegalArgumentException(
          "a secret key must be random, this one is a few characters repeated; make one with:"
              + " openssl rand -base64 48");
    }
    this.secret = secret.clone();
    this.id = HexFormat.of().formatHex(Arrays.copyOf(derive("kid"), 8));
  }

  /**
   * The UTF-8 bytes of {@code text}.
   *
   * @throws IllegalArgumentException for fewer than 32 bytes, or a few characters repeated
   */
  public static SigningKey of(String text) {
    return new SigningKey(text.getBytes(UTF_8));
  }

  /** A new secret, good until the process ends. */
  public static SigningKey random(SecureRandom random) {
    byte[] secret = new byte[48];
    random.nextBytes(secret);
    return new SigningKey(secret);
  }

  /** The {@code kid} of tokens signed with it: says which key, tells nothing about it. */
  public String id() {
    return id;
  }

  SecretKey forTokens() {
    return new SecretKeySpec(derive("token"), "HmacSHA256");
  }

  /** 32 bytes for one purpose (HMAC as a key derivation function, NIST SP 800-108). */
  public byte[] derive(String purpose) {
    return Hashes.hmacSha256(secret, "taskauth " + purpose + " v1");
  }

  private static boolean isRepetitive(byte[] secret) {
    boolean[] seen = new boolean[256];
    int different = 0;
    for (byte b : secret) {
      if (!seen[b & 0xff]) {
        seen[b & 0xff] = true;
        different++;
      }
    }
    return different < 8;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

package io.taskauth.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256, HMAC-SHA-256 and a comparison that takes the same time whatever differs. */
public final class Hashes {
  private static final MessageDigest SHA_256 = newSha256();

  private Hashes() {}

  /** The SHA-256 digest of {@code bytes}. */
  public static byte[] sha256(byte[] bytes) {
    return copyOfSha256().digest(bytes);
  }

  /** A digest is for one thread at a time, and a copy costs a fraction of a new one. */
  private static MessageDigest copyOfSha256() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      // Some security providers' cannot be copied.
      return newSha256();
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The SHA-256 digest of {@code text} in UTF-8, as 64 lower-case hexadecimal digits. */
  public static String sha256Hex(String text) {
    return HexFormat.of().formatHex(sha256(text.getBytes(UTF_8)));
  }

  /** HMAC-SHA-256 (RFC 2104) of {@code text} in UTF-8. */
  public static byte[] hmacSha256(byte[] key, String text) {
    return new HmacSha256(key).of(text.getBytes(UTF_8));
  }

  /** Whether two texts are equal; how long it takes tells nothing about where they differ. */
  public static boolean constantTimeEquals(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}

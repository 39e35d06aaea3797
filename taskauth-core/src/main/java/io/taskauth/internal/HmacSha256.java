package io.taskauth.internal;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104) with one key. Threads may share it. */
public final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Mac keyed;

  public HmacSha256(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.keyed = keyed();
  }

  public byte[] of(byte[] bytes) {
    return copy().doFinal(bytes);
  }

  /** A Mac is for one thread at a time, and a copy costs a fraction of a new one. */
  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      // Some security providers' cannot be copied.
      return keyed();
    }
  }

  private Mac keyed() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

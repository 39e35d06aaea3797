package io.taskauth.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018), written as {@code pbkdf2_sha256$<iterations>$<salt
 * hex>$<hash hex>}: what other tools export, and the way out where Argon2 does not load.
 */
final class Pbkdf2Sha256 implements HashAlgorithm {
  /** The OWASP Password Storage Cheat Sheet's number for HMAC-SHA-256. */
  static final int ITERATIONS = 600_000;

  static final Pattern FORMAT =
      Pattern.compile(
          "pbkdf2_sha256\\$(5000000|[1-4]\\d{6}|[1-9]\\d{0,5})\\$((?:[0-9a-fA-F]{2}){1,64})\\$((?:[0-9a-fA-F]{2}){32})");

  private final SecureRandom random;

  Pbkdf2Sha256(SecureRandom random) {
    this.random = random;
  }

  @Override
  public boolean made(PasswordHash hash) {
    return hash.encoded().startsWith("pbkdf2_sha256$");
  }

  @Override
  public boolean isCurrent(PasswordHash hash) {
    return hash.encoded().startsWith("pbkdf2_sha256$" + ITERATIONS + "$");
  }

  @Override
  public PasswordHash hash(String normalizedPassword) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    byte[] derived = derive(normalizedPassword, salt, ITERATIONS);
    HexFormat hex = HexFormat.of();
    return new PasswordHash(
        "pbkdf2_sha256$" + ITERATIONS + "$" + hex.formatHex(salt) + "$" + hex.formatHex(derived));
  }

  @Override
  public boolean verify(String normalizedPassword, PasswordHash hash) {
    var parts = FORMAT.matcher(hash.encoded());
    if (!parts.matches()) {
      return false;
    }
    HexFormat hex = HexFormat.of();
    byte[] derived =
        derive(normalizedPassword, hex.parseHex(parts.group(2)), Integer.parseInt(parts.group(1)));
    return MessageDigest.isEqual(derived, hex.parseHex(parts.group(3)));
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}

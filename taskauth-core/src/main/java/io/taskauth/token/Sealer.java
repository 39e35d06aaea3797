package io.taskauth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must be kept and cannot be a hash, because it has to be shown to somebody else:
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D) under a key made for one purpose out of the
 * secret key. The first key in force seals, all open, so that keys can be rotated. What is sealed
 * for one context does not open in another: nobody who writes to the store can move it. Threads may
 * share it.
 */
public final class Sealer {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private final String first;
  private final SecretKeySpec firstKey;
  private final SecureRandom random;

  /**
   * @param purpose what nothing else uses
   */
  public Sealer(SigningKeys keys, String purpose, SecureRandom random) {
    for (SigningKey key : keys.all()) {
      this.keys.put(key.id(), new SecretKeySpec(key.derive("seal " + purpose), "AES"));
    }
    this.first = keys.first().id();
    this.firstKey = new SecretKeySpec(keys.first().derive("seal " + purpose), "AES");
    this.random = random;
  }

  /**
   * @param context where it is kept, for instance the name of a row and a column
   */
  public String seal(String text, String context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, firstKey, nonce, context, text.getBytes(UTF_8)).orElseThrow();
    byte[] whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    return first + "." + Base64.getEncoder().encodeToString(whole);
  }

  /**
   * What was sealed for this context; empty where it was not, or under a key that is no longer in
   * force.
   */
  public Optional<String> open(String sealed, String context) {
    int dot = sealed.indexOf('.');
    SecretKeySpec key = dot < 0 ? null : keys.get(sealed.substring(0, dot));
    if (key == null) {
      return Optional.empty();
    }
    byte[] whole;
    try {
      whole = Base64.getDecoder().decode(sealed.substring(dot + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (whole.length < NONCE) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(whole, NONCE);
    return run(
            Cipher.DECRYPT_MODE,
            key,
            nonce,
            context,
            Arrays.copyOfRange(whole, NONCE, whole.length))
        .map(plain -> new String(plain, UTF_8));
  }

  /** Whether it was sealed under a key other than the one that seals now. */
  public boolean isOld(String sealed) {
    return !sealed.startsWith(first + ".");
  }

  /** Empty where the tag is not that of this text, key and context. */
  private static Optional<byte[]> run(
      int mode, SecretKeySpec key, byte[] nonce, String context, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context.getBytes(UTF_8));
      return Optional.of(cipher.doFinal(input));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  @Override
  public String toString() {
    return "Sealer";
  }
}

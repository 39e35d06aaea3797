package io.taskauth.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskauth.internal.HmacSha256;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Whether one of our keys signed a token (RFC 7515, section 5.2): so much is known before anything
 * inside it is believed, or even parsed. Threads may share it.
 */
final class Signatures {
  private final List<HmacSha256> keys;

  Signatures(List<SecretKey> keys) {
    this.keys = keys.stream().map(key -> new HmacSha256(key.getEncoded())).toList();
  }

  /**
   * @param token in the form that {@link CompactForm} asks for
   */
  boolean isOurs(String token) {
    int dot = token.lastIndexOf('.');
    byte[] signed = token.substring(0, dot).getBytes(US_ASCII);
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    boolean ours = false;
    for (HmacSha256 key : keys) {
      ours |= MessageDigest.isEqual(key.of(signed), signature);
    }
    return ours;
  }
}

package io.taskauth.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskauth.internal.HmacSha256;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;

/**
 * Which of our keys signed a token (RFC 7515, section 5.2): so much is known before anything inside
 * it is believed, or even parsed. Threads may share it.
 */
final class Signatures {
  private final Map<String, HmacSha256> keys;

  /**
   * @param keys by their ids
   */
  Signatures(Map<String, SecretKey> keys) {
    this.keys =
        keys.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, key -> new HmacSha256(key.getValue().getEncoded())));
  }

  /**
   * The id of the key; empty where it is none of ours.
   *
   * @param token in the form that {@link CompactForm} asks for
   */
  Optional<String> signer(String token) {
    int dot = token.lastIndexOf('.');
    byte[] signed = token.substring(0, dot).getBytes(US_ASCII);
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    String signer = null;
    // All of them, so that the time does not tell which.
    for (Map.Entry<String, HmacSha256> key : keys.entrySet()) {
      if (MessageDigest.isEqual(key.getValue().of(signed), signature)) {
        signer = key.getKey();
      }
    }
    return Optional.ofNullable(signer);
  }
}

package io.taskauth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of any header and payload, signed with the right key or any other. */
final class Forge {
  static final SigningKey KEY = SigningKey.of("first-0123456789-abcdefghijklmnopqrstuvwxyz");
  static final SigningKey OTHER = SigningKey.of("second-0123456789-abcdefghijklmnopqrstuvwxyz");
  static final long NOW = 1_772_366_400;

  private Forge() {}

  static SigningKeys keys(SigningKey... keys) {
    return new SigningKeys(List.of(keys));
  }

  static String header() {
    return "{\"alg\":\"HS256\",\"kid\":\"" + KEY.id() + "\"}";
  }

  /** The payload of a good token, with more members or none at its end. */
  static String payload(String more) {
    return "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"session\",\"iat\":"
        + NOW
        + more
        + "}";
  }

  static String signed(String header, String payload) {
    return signed(header, payload, "HmacSHA256", KEY.forTokens());
  }

  static String signed(String header, String payload, String algorithm, SecretKey key) {
    String text = base64(header.getBytes(UTF_8)) + "." + base64(payload.getBytes(UTF_8));
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getEncoded(), algorithm));
      return text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

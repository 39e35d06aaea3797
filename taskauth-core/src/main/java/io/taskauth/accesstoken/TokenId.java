package io.taskauth.accesstoken;

import io.taskauth.internal.Hex128;
import io.taskauth.internal.Ids;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a personal access token is addressed by, its {@code jti}: 128 random bits in hexadecimal.
 * Not a secret, because nobody gets in without the token's signature.
 */
public record TokenId(long high, long low) {
  /**
   * @param value 32 lower-case hexadecimal digits
   */
  public TokenId(String value) {
    this(Hex128.high(requireForm(value)), Hex128.low(value));
  }

  private static String requireForm(String value) {
    if (!Hex128.isOne(value)) {
      throw new IllegalArgumentException("a token id is 32 lower-case hexadecimal digits");
    }
    return value;
  }

  @SuppressWarnings("exports") // For taskauth's own modules.
  public static TokenId random(Ids ids) {
    return new TokenId(ids.hex128());
  }

  /** The id, or empty where the text is none. */
  public static Optional<TokenId> parse(@Nullable String text) {
    return text != null && Hex128.isOne(text) ? Optional.of(new TokenId(text)) : Optional.empty();
  }

  /** The first 8 digits: enough for people to tell their tokens apart. */
  public String prefix() {
    return value().substring(0, 8);
  }

  /** 32 lower-case hexadecimal digits. */
  public String value() {
    return Hex128.text(high, low);
  }

  @Override
  public String toString() {
    return value();
  }
}

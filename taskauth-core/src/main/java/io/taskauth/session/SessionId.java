package io.taskauth.session;

import io.taskauth.internal.Hex128;
import io.taskauth.internal.Ids;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session is addressed by, the {@code jti} of its token: 128 random bits in hexadecimal. Not
 * a secret, because nobody gets in without the token's signature.
 */
public record SessionId(long high, long low) {
  /**
   * @param value 32 lower-case hexadecimal digits
   */
  public SessionId(String value) {
    this(Hex128.high(requireForm(value)), Hex128.low(value));
  }

  private static String requireForm(String value) {
    if (!Hex128.isOne(value)) {
      throw new IllegalArgumentException("a session id is 32 lower-case hexadecimal digits");
    }
    return value;
  }

  @SuppressWarnings("exports") // For taskauth's own modules.
  public static SessionId random(Ids ids) {
    return new SessionId(ids.hex128());
  }

  /** The id, or empty where the text is none. */
  public static Optional<SessionId> parse(@Nullable String text) {
    return text != null && Hex128.isOne(text) ? Optional.of(new SessionId(text)) : Optional.empty();
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

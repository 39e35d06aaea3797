package io.taskauth.accesstoken;

import io.taskauth.internal.Ids;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a personal access token is addressed by, its {@code jti}: 128 random bits in hexadecimal.
 * Not a secret, because nobody gets in without the token's signature.
 */
public record TokenId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public TokenId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a token id is 32 lower-case hexadecimal digits");
    }
  }

  public static TokenId random(Ids ids) {
    return new TokenId(ids.hex128());
  }

  /** The id, or empty where the text is none. */
  public static Optional<TokenId> parse(@Nullable String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new TokenId(text))
        : Optional.empty();
  }

  /** The first 8 digits: enough for people to tell their tokens apart. */
  public String prefix() {
    return value.substring(0, 8);
  }

  @Override
  public String toString() {
    return value;
  }
}

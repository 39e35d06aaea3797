package io.taskauth.session;

import io.taskauth.internal.Ids;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a session is addressed by, the {@code jti} of its token: 128 random bits in hexadecimal. Not
 * a secret, because nobody gets in without the token's signature.
 */
public record SessionId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public SessionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a session id is 32 lower-case hexadecimal digits");
    }
  }

  public static SessionId random(Ids ids) {
    return new SessionId(ids.hex128());
  }

  /** The id, or empty where the text is none. */
  public static Optional<SessionId> parse(@Nullable String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new SessionId(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}

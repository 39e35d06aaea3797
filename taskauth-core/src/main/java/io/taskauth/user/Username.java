package io.taskauth.user;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user's name: 1 to 64 ASCII letters, digits, {@code . _ - @ +}. Two names that differ in case
 * only are the same account's. The colon is kept for accounts of identity providers, {@code
 * slot:subject}, which nobody can choose: {@link #parse} does not know them.
 */
public record Username(String value) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");
  private static final Pattern FROM_OUTSIDE = Pattern.compile("[a-z][a-z0-9_-]{0,31}:[!-~]{1,255}");

  /** What a name must look like, for an error message. */
  public static final String RULE = "1 to 64 letters, digits, or any of . _ - @ +";

  public Username {
    if (!NAME.matcher(value).matches() && !FROM_OUTSIDE.matcher(value).matches()) {
      throw new IllegalArgumentException("a username must be " + RULE);
    }
  }

  /** The name without the white space around it; empty where it breaks the rule. */
  public static Optional<Username> parse(@Nullable String text) {
    String name = text == null ? "" : text.strip();
    return NAME.matcher(name).matches() ? Optional.of(new Username(name)) : Optional.empty();
  }

  /** The name of the account that is made for this identity. */
  public static Username of(Identity identity) {
    return new Username(identity.toString());
  }

  /** What it is looked up by. */
  public LoginKey key() {
    return LoginKey.of(value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package io.taskauth.user;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user's name: 1 to 64 ASCII letters, digits, {@code . _ - @ +}. Two names that differ in case
 * only are the same account's. The colon is kept for accounts from outside.
 */
public record Username(String value) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

  /** What a name must look like, for an error message. */
  public static final String RULE = "1 to 64 letters, digits, or any of . _ - @ +";

  public Username {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException("a username must be " + RULE);
    }
  }

  /** The name without the white space around it; empty where it breaks the rule. */
  public static Optional<Username> parse(@Nullable String text) {
    String name = text == null ? "" : text.strip();
    return NAME.matcher(name).matches() ? Optional.of(new Username(name)) : Optional.empty();
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

package io.taskauth.user;

import java.util.regex.Pattern;

/**
 * Who vouches for a user: {@code password} (the hash in the store), {@code oauth:<slot>} or {@code
 * backend:<name>}.
 */
public record Origin(String value) {
  private static final Pattern FORM =
      Pattern.compile("password|(?:oauth|backend):[a-z][a-z0-9_-]{0,31}");

  /** The hash in the store. */
  public static final Origin PASSWORD = new Origin("password");

  public Origin {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an origin is 'password', 'oauth:<slot>' or 'backend:<name>', names being 1 to 32"
              + " characters a-z, 0-9, _ or -; not '"
              + value
              + "'");
    }
  }

  public static Origin backend(String name) {
    return new Origin("backend:" + name);
  }

  public static Origin oauth(String slot) {
    return new Origin("oauth:" + slot);
  }

  /** Whether an identity provider vouches for the account. */
  public boolean isOauth() {
    return value.startsWith("oauth:");
  }

  @Override
  public String toString() {
    return value;
  }
}

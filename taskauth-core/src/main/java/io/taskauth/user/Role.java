package io.taskauth.user;

import java.util.regex.Pattern;

/** A role's name: a lower-case letter, then up to 31 letters, digits, {@code _} or {@code -}. */
public record Role(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  public Role {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a role is 1 to 32 characters a-z, 0-9, _ or -, beginning with a letter; not '"
              + name
              + "'");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

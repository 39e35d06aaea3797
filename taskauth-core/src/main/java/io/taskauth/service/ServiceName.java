package io.taskauth.service;

import java.util.regex.Pattern;

/**
 * What a service account or a shared secret is known by: 1 to 64 characters a-z, 0-9, {@code .},
 * {@code _} or {@code -}, beginning with a letter or digit.
 */
public record ServiceName(String value) {
  /** What a name must look like, for an error message. */
  public static final String RULE =
      "1 to 64 characters a-z, 0-9, or any of . _ -, beginning with a letter or digit";

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public ServiceName {
    if (!isOne(value)) {
      throw new IllegalArgumentException("the name of a service must be " + RULE);
    }
  }

  /** Whether it could be the name of a service. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}

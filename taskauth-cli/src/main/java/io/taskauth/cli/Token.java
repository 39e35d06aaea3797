package io.taskauth.cli;

import java.util.regex.Pattern;

/** Checks that a text can be a token at all, before it comes near a header. */
final class Token {
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,8192}");

  private Token() {}

  /**
   * @param source where the text comes from, for the message
   * @throws Failure that does not repeat the text: an HTTP client that meets a line break in a
   *     header would
   */
  static Secret parse(String text, String source) {
    String trimmed = text.strip();
    if (!VISIBLE.matcher(trimmed).matches()) {
      throw new Failure(source + " is not a token: a token is one line without spaces");
    }
    return new Secret(trimmed);
  }
}

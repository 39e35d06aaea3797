package io.taskauth.token;

import java.util.regex.Pattern;

/**
 * Whether a text is a JWT in the one spelling that we accept: three parts of unpadded base64url
 * whose last, unused bits are zero. Tokens are remembered by the hash of their text, so a second
 * spelling of the same token must not exist.
 */
final class CompactForm {
  /** Longer than any token of ours, and little enough to look at. */
  static final int MAX_LENGTH = 4096;

  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9_-]{1,2048}+\\.[A-Za-z0-9_-]{1,3072}+\\.[A-Za-z0-9_-]{43}+");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private CompactForm() {}

  static boolean isStrict(String token) {
    if (token.length() > MAX_LENGTH || !SHAPE.matcher(token).matches()) {
      return false;
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return endsClean(token, 0, first)
        && endsClean(token, first + 1, second)
        && endsClean(token, second + 1, token.length());
  }

  private static boolean endsClean(String token, int from, int to) {
    int last = ALPHABET.indexOf(token.charAt(to - 1));
    return switch ((to - from) % 4) {
      case 0 -> true;
      case 2 -> (last & 0b1111) == 0;
      case 3 -> (last & 0b11) == 0;
      default -> false;
    };
  }
}

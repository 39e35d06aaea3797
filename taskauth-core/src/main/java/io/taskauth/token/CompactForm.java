package io.taskauth.token;

/**
 * Whether a text is a JWT in the one spelling that we accept: three parts of unpadded base64url
 * whose last, unused bits are zero. Tokens are remembered by the hash of their text, so a second
 * spelling of the same token must not exist.
 */
final class CompactForm {
  /** Longer than any token of ours, and little enough to look at. */
  static final int MAX_LENGTH = 4096;

  /** What 32 bytes take in base64url. */
  private static final int SIGNATURE_LENGTH = 43;

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] VALUES = values();

  private CompactForm() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    for (int c = 0; c < values.length; c++) {
      values[c] = (byte) ALPHABET.indexOf(c);
    }
    return values;
  }

  static boolean isStrict(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return token.length() <= MAX_LENGTH
        && first > 0
        && second == token.length() - 1 - SIGNATURE_LENGTH
        && isPart(token, 0, first)
        && isPart(token, first + 1, second)
        && isPart(token, second + 1, token.length());
  }

  private static boolean isPart(String token, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value(token.charAt(i)) < 0) {
        return false;
      }
    }
    return switch ((to - from) % 4) {
      case 0 -> to > from;
      case 2 -> (value(token.charAt(to - 1)) & 0b1111) == 0;
      case 3 -> (value(token.charAt(to - 1)) & 0b11) == 0;
      default -> false;
    };
  }

  private static int value(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }
}

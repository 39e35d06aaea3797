package io.taskauth.internal;

import java.util.HexFormat;

/** 128 bits as 32 lower-case hexadecimal digits, kept in two longs: a tenth of the text's room. */
public final class Hex128 {
  private static final int DIGITS = 32;
  private static final int HALF = DIGITS / 2;
  private static final HexFormat HEX = HexFormat.of();

  private Hex128() {}

  public static boolean isOne(String text) {
    if (text.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** The first 64 bits of a text that {@link #isOne}. */
  public static long high(String text) {
    return HexFormat.fromHexDigitsToLong(text, 0, HALF);
  }

  /** The last 64 bits of a text that {@link #isOne}. */
  public static long low(String text) {
    return HexFormat.fromHexDigitsToLong(text, HALF, DIGITS);
  }

  public static String text(long high, long low) {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}

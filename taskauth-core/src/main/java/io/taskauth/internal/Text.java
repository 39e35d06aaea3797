package io.taskauth.internal;

import org.jspecify.annotations.Nullable;

/** Checks on text that came from outside. */
public final class Text {
  private Text() {}

  /** Whether there is no control character and no half of a surrogate pair in it. */
  public static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * What may stand in a record of the store: control characters become spaces and the text is cut
   * to {@code max} characters, never through the middle of a surrogate pair.
   */
  public static @Nullable String tame(@Nullable String text, int max) {
    if (text == null || (text.length() <= max && isClean(text))) {
      return text;
    }
    StringBuilder tame = new StringBuilder(Math.min(text.length(), max));
    text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c)
        .takeWhile(c -> tame.length() + Character.charCount(c) <= max)
        .forEachOrdered(tame::appendCodePoint);
    return tame.toString();
  }
}

package io.taskauth.server.task.run;

/** What came of a run, as the store can keep it. */
final class ResultText {
  private static final String CUT = "\n… cut";

  private ResultText() {}

  /** Cut to so many characters, and without what no database takes: NUL and lone surrogates. */
  static String kept(String result, int max) {
    String tame = isTame(result) ? result : tamed(result);
    if (tame.length() <= max) {
      return tame;
    }
    int end = max - CUT.length();
    return tame.substring(0, Character.isHighSurrogate(tame.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  private static boolean isTame(String text) {
    return text.codePoints().noneMatch(ResultText::isWild);
  }

  private static boolean isWild(int c) {
    return c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static String tamed(String text) {
    StringBuilder tame = new StringBuilder(text.length());
    text.codePoints().map(c -> isWild(c) ? '\uFFFD' : c).forEachOrdered(tame::appendCodePoint);
    return tame.toString();
  }
}

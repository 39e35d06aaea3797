package io.taskauth.cli;

/**
 * Makes visible what a terminal would obey instead of show. A user may choose a display name with
 * escape sequences in it, or with characters that turn the direction of the line around.
 */
final class VisibleText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private VisibleText() {}

  static String of(String text) {
    if (text.codePoints().noneMatch(VisibleText::harmful)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (harmful(point)) {
                escape(visible, point);
              } else {
                visible.appendCodePoint(point);
              }
            });
    return visible.toString();
  }

  /**
   * As JSON writes it, so that a JSON text with such characters in its strings keeps its meaning.
   */
  private static void escape(StringBuilder visible, int point) {
    for (char unit : Character.toChars(point)) {
      visible.append(String.format("\\u%04x", (int) unit));
    }
  }

  private static boolean harmful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Some scripts are not written rightly without the joiners, and they do no harm.
      case Character.FORMAT -> point != ZERO_WIDTH_NON_JOINER && point != ZERO_WIDTH_JOINER;
      default -> false;
    };
  }
}

package io.taskauth.password;

import io.taskauth.internal.Hashes;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A password in clear, on its way to the hash. Prints as {@code [redacted]}; whoever needs the text
 * says so with {@link #reveal()}. Immutable.
 */
public final class Password {
  /** The most characters (Unicode code points) that are looked at; longer ones are never hashed. */
  public static final int MAX_LENGTH = 256;

  private final String text;

  private Password(String text) {
    this.text = text;
  }

  /** The password exactly as it was typed: nothing is trimmed, cut or folded. */
  public static Password of(String text) {
    return new Password(text);
  }

  /** The text itself. */
  public String reveal() {
    return text;
  }

  /**
   * The text in the normal form NFKC, which is what gets hashed: the same keys on two keyboards
   * must give the same password (NIST SP 800-63B, section 5.1.1.2).
   */
  String normalized() {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** The number of Unicode code points. */
  int length() {
    return text.codePointCount(0, text.length());
  }

  /** Whether it is short enough to be hashed at all: a megabyte must not cost a megabyte's hash. */
  public boolean isHashable() {
    return length() <= MAX_LENGTH;
  }

  String folded() {
    return normalized().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Password that && Hashes.constantTimeEquals(text, that.text);
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

package io.taskauth.login;

/**
 * The secret of a link with which somebody chooses a password. Whoever has it takes the account, so
 * it goes into the link and nowhere else. Prints as {@code [redacted]}.
 */
public final class ResetToken {
  private final String text;

  ResetToken(String text) {
    this.text = text;
  }

  /** The secret itself: 43 characters of base64url. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

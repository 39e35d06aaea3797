package io.taskauth.session;

/** The signed token of a session: whoever has it is signed in. Prints as {@code [redacted]}. */
public final class SessionToken {
  private final String text;

  SessionToken(String text) {
    this.text = text;
  }

  /** The token itself, for the cookie or the answer to a command line. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

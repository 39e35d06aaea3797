package io.taskauth.accesstoken;

/**
 * The token itself: whoever has it acts as its owner. Shown once, kept nowhere. Prints as {@code
 * [redacted]}.
 */
public final class PersonalToken {
  /** What every token begins with, so that secret scanners find a leaked one. */
  public static final String PREFIX = "taskauth_pat_";

  private final String text;

  PersonalToken(String text) {
    this.text = text;
  }

  /** The token itself, for whoever made it. */
  public String reveal() {
    return text;
  }

  /** Whether a bearer token is meant to be one of these. */
  public static boolean isOne(String presented) {
    return presented.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

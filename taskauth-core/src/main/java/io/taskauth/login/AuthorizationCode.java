package io.taskauth.login;

/**
 * What a program on the user's own computer gets a session for (RFC 6749, section 1.3.1). It goes
 * into the address that the browser returns to and nowhere else. Prints as {@code [redacted]}.
 */
public final class AuthorizationCode {
  private final String text;

  AuthorizationCode(String text) {
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

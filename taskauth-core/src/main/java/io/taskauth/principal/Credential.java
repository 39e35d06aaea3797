package io.taskauth.principal;

/** What a request presented. The tokens print as {@code [redacted]}. Immutable. */
public sealed interface Credential {
  /** Nothing at all. */
  record None() implements Credential {}

  /** The session cookie. */
  record SessionCookie(String token) implements Credential {
    @Override
    public String toString() {
      return "SessionCookie[redacted]";
    }
  }

  /** {@code Authorization: Bearer} (RFC 6750). */
  record Bearer(String token) implements Credential {
    @Override
    public String toString() {
      return "Bearer[redacted]";
    }
  }

  /**
   * Something was presented that is no credential: an empty header, two of them, another scheme.
   */
  record Malformed() implements Credential {}
}

package io.taskauth.token;

/** What came of checking a token's signature and times. */
public sealed interface TokenCheck {
  /** Ours, and not past its end. */
  record Valid(TokenClaims claims) implements TokenCheck {}

  /** Ours, but past its end. */
  record Expired() implements TokenCheck {}

  /** Not ours, of another type, or no token at all. */
  record Invalid() implements TokenCheck {}
}

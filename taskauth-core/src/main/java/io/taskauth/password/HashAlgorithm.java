package io.taskauth.password;

/** One way to hash a password. Implementations may be shared by threads. */
interface HashAlgorithm {
  /** Whether {@code hash} was made this way, with whatever parameters. */
  boolean made(PasswordHash hash);

  /** Whether {@code hash} was made this way with today's parameters. */
  boolean isCurrent(PasswordHash hash);

  PasswordHash hash(String normalizedPassword);

  /** False, never an exception, where the hash is malformed. */
  boolean verify(String normalizedPassword, PasswordHash hash);
}

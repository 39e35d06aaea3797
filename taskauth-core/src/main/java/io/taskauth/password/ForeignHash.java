package io.taskauth.password;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a password's hash that another system has made. Taken over are Argon2id, as its
 * reference implementation or Django writes it, and PBKDF2 with SHA-256, as this library or Django
 * writes it; either within limits, because whoever brings a hash decides what each sign-in costs.
 */
public sealed interface ForeignHash {
  /** The hash as this library verifies it; the next sign-in replaces it by one of our own. */
  record Usable(PasswordHash hash) implements ForeignHash {}

  /** There is none: the account has no password yet. */
  record None() implements ForeignHash {}

  /**
   * @param reason a sentence for people, which never repeats what was given
   */
  record Unusable(String reason) implements ForeignHash {}

  /**
   * @param foreign as the other system wrote it; an empty one is none, and so is what Django calls
   *     unusable, which begins with an exclamation mark
   */
  static ForeignHash read(@Nullable PasswordHash foreign) {
    String text = foreign == null ? "" : foreign.encoded().strip();
    return text.isEmpty() || text.startsWith("!") ? new None() : ForeignForms.read(text);
  }
}

package io.taskauth.password;

import java.util.Objects;

/**
 * A password's hash as the store keeps it: {@code $argon2id$…} or {@code pbkdf2_sha256$…}. Prints
 * as {@code [redacted]}: hashes do not belong into logs either.
 */
public record PasswordHash(String encoded) {
  public PasswordHash {
    Objects.requireNonNull(encoded);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

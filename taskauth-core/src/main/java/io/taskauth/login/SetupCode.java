package io.taskauth.login;

import io.taskauth.internal.Hashes;
import org.jspecify.annotations.Nullable;

/**
 * What proves that whoever sets up the first administrator can read the server's console. Kept as a
 * hash; prints as {@code [redacted]}.
 */
public final class SetupCode {
  private final @Nullable String hash;

  private SetupCode(@Nullable String hash) {
    this.hash = hash;
  }

  /** The first who comes may set up: for a server that nobody else can reach. */
  public static SetupCode none() {
    return new SetupCode(null);
  }

  /**
   * @throws IllegalArgumentException for fewer than 8 characters
   */
  public static SetupCode of(String code) {
    if (code.length() < 8) {
      throw new IllegalArgumentException("a set-up code must have at least 8 characters");
    }
    return new SetupCode(Hashes.sha256Hex(code));
  }

  /** Whether one has to be given. */
  public boolean isRequired() {
    return hash != null;
  }

  boolean matches(@Nullable String presented) {
    return hash == null
        || (presented != null && Hashes.constantTimeEquals(hash, Hashes.sha256Hex(presented)));
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

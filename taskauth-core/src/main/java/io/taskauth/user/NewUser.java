package io.taskauth.user;

import io.taskauth.password.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * An account to be created.
 *
 * @param passwordHash null where somebody else checks the password, or where none is chosen yet
 * @param identity what signs in to it from the beginning, or null
 */
public record NewUser(User user, @Nullable PasswordHash passwordHash, @Nullable Identity identity) {

  /** An account without an identity at a provider. */
  public NewUser(User user, @Nullable PasswordHash passwordHash) {
    this(user, passwordHash, null);
  }
}

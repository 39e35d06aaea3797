package io.taskauth.user;

import io.taskauth.password.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * An account with what is needed to check its password.
 *
 * @param passwordHash null where the account has no password of its own
 * @param credentialEpoch grows by one whenever the password changes or the account is closed: a
 *     sign-in that began before such a change must not end in a session after it
 */
public record StoredUser(User user, @Nullable PasswordHash passwordHash, long credentialEpoch) {
  /** Whether it is open, and somebody has a password for it or vouches for it. */
  public boolean canSignIn() {
    return user.active() && (passwordHash != null || !user.origin().equals(Origin.PASSWORD));
  }
}

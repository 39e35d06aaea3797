package io.taskauth.login;

import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.Username;
import org.jspecify.annotations.Nullable;

/** Gives an account to somebody whom a backend vouches for. */
interface AccountKeeper {
  /**
   * @param role what the backend says; null where it says nothing: the lowest for a new account,
   *     and whatever an administrator has made of it for an older one
   */
  LoginSource.Answer vouchedFor(
      Origin origin,
      Username username,
      @Nullable Role role,
      @Nullable EmailAddress email,
      @Nullable String displayName);
}

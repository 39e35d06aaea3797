package io.taskauth.password;

import java.util.Optional;

/**
 * One more objection to a new password, such as a list of breached passwords that the host asks.
 * Called whenever a password is chosen, never at sign-in. It should answer in milliseconds; an
 * exception from it counts as no objection and is logged, because a list that is out must not keep
 * anybody from changing a leaked password. Must be safe for use by several threads.
 */
@FunctionalInterface
public interface PasswordCheck {
  /** What to tell the user, as one sentence; empty where there is nothing against it. */
  Optional<String> objection(Password candidate);
}

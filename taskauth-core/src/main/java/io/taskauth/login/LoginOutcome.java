package io.taskauth.login;

import io.taskauth.session.SessionDirectory.Opened;
import java.time.Duration;

/** What came of a sign-in. A backend or a store that is out is an exception, not an outcome. */
public sealed interface LoginOutcome {
  /** In; here is the session. */
  record SignedIn(Opened session) implements LoginOutcome {}

  /**
   * Wrong name, wrong password, or an account that is closed: never told apart, because the answer
   * would say who has an account.
   */
  record BadCredentials() implements LoginOutcome {}

  /** Nobody signs in with a password here; the password was not looked at. */
  record PasswordsRefused() implements LoginOutcome {}

  /**
   * Too many failed sign-ins; the password was not looked at.
   *
   * @param retryAfter whole seconds, at least one
   */
  record Throttled(Duration retryAfter) implements LoginOutcome {}
}

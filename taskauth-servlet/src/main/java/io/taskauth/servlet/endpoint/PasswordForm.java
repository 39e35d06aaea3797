package io.taskauth.servlet.endpoint;

import io.taskauth.login.PasswordChange;
import io.taskauth.password.Password;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;

/** Changing one's password, the same for the page and JSON: outcomes become problems here. */
final class PasswordForm {
  private PasswordForm() {}

  /**
   * @return how many other sessions ended
   * @throws Problem with 400, 401, 409 or 429
   */
  static int change(Exchange exchange, SessionUser user, String old, String next) {
    PasswordChange change =
        exchange.auth().passwordChange().orElseThrow(PasswordForm::keptElsewhere);
    PasswordChange.Outcome outcome =
        change.change(
            user.account(),
            user.session().id(),
            Password.of(old),
            Password.of(next),
            exchange.client());
    if (outcome instanceof PasswordChange.Outcome.Changed changed) {
      return changed.sessionsRevoked();
    }
    if (outcome instanceof PasswordChange.Outcome.Unacceptable bad) {
      throw Problem.field("new_password", "is not acceptable: " + bad.objection())
          .told(bad.objection());
    }
    if (outcome instanceof PasswordChange.Outcome.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter());
    }
    if (outcome instanceof PasswordChange.Outcome.PasswordsRefused) {
      throw Problem.passwordsRefused();
    }
    if (outcome instanceof PasswordChange.Outcome.KeptElsewhere) {
      throw keptElsewhere();
    }
    throw Problem.of(ErrorCode.INVALID_CREDENTIALS, "The old password is wrong.");
  }

  private static Problem keptElsewhere() {
    return Problem.of(
        ErrorCode.CONFLICT,
        "The password of this account is not kept here. Change it where it is kept.");
  }
}

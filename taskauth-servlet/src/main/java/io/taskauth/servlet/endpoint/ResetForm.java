package io.taskauth.servlet.endpoint;

import io.taskauth.login.PasswordReset;
import io.taskauth.login.PasswordReset.Outcome;
import io.taskauth.password.Password;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;

/** Choosing a password with a link, the same for the page and JSON. */
final class ResetForm {
  static final int TOKEN_LENGTH = 256;

  private static final String STALE =
      "it was used, is older than an hour, or was never made here. Ask an administrator for a new"
          + " one.";

  private ResetForm() {}

  /**
   * @throws Problem with 400, 401, 404 or 429
   */
  static void complete(Exchange exchange, String token, String password) {
    PasswordReset reset = exchange.auth().passwordReset().orElseThrow(AccountWork::noStore);
    Outcome outcome = reset.complete(token, Password.of(password), exchange.client());
    if (outcome instanceof Outcome.Unacceptable bad) {
      throw Problem.field("new_password", "is not acceptable: " + bad.objection())
          .told(bad.objection());
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter());
    }
    if (outcome instanceof Outcome.PasswordsRefused) {
      throw Problem.passwordsRefused();
    }
    if (outcome instanceof Outcome.BadToken) {
      throw Problem.field("token", "is not good: " + STALE).told("This link is not good: " + STALE);
    }
  }
}

package io.taskauth.servlet.endpoint;

import io.taskauth.login.LoginOutcome;
import io.taskauth.login.Setup;
import io.taskauth.password.Password;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.Username;
import org.jspecify.annotations.Nullable;

/** Signing in and setting up, the same for forms and JSON: outcomes become problems here. */
final class SignIn {
  /** Room for any user name or e-mail address. */
  static final int NAME_LENGTH = 254;

  /** Room for 256 characters outside the basic plane, and a clear answer beyond. */
  static final int PASSWORD_LENGTH = 4096;

  private SignIn() {}

  /**
   * @throws Problem with 400, 401 or 429
   */
  static Opened signIn(Exchange exchange, JsonBody body) {
    return signIn(
        exchange, body.text("username", NAME_LENGTH), body.text("password", PASSWORD_LENGTH));
  }

  /**
   * @throws Problem with 401 or 429
   */
  static Opened signIn(Exchange exchange, String username, String password) {
    LoginOutcome outcome =
        exchange.auth().logins().signIn(username, Password.of(password), exchange.client());
    if (outcome instanceof LoginOutcome.SignedIn in) {
      return in.session();
    }
    if (outcome instanceof LoginOutcome.PasswordsRefused) {
      throw Problem.passwordsRefused();
    }
    if (outcome instanceof LoginOutcome.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter());
    }
    throw Problem.of(ErrorCode.INVALID_CREDENTIALS, "The user name or the password is wrong.");
  }

  /**
   * @throws Problem with 400, 403, 409 or 429
   */
  static Opened setUp(Exchange exchange, String username, String password, @Nullable String code) {
    Setup setup = exchange.auth().setup().orElseThrow(SignIn::setupComplete);
    Setup.Outcome outcome = setup.setUp(username, Password.of(password), code, exchange.client());
    if (outcome instanceof Setup.Outcome.Done done) {
      return done.session();
    }
    if (outcome instanceof Setup.Outcome.WrongCode) {
      throw Problem.of(
          ErrorCode.FORBIDDEN,
          "The set-up code is missing or wrong. It stands in the link that the server printed when"
              + " it started.");
    }
    if (outcome instanceof Setup.Outcome.BadUsername) {
      throw Problem.field("username", "must be " + Username.RULE + ".")
          .told("The user name must be " + Username.RULE + ".");
    }
    if (outcome instanceof Setup.Outcome.BadPassword bad) {
      throw Problem.field("password", "is not acceptable: " + bad.objection())
          .told(bad.objection());
    }
    if (outcome instanceof Setup.Outcome.PasswordsRefused) {
      throw Problem.passwordsRefused();
    }
    if (outcome instanceof Setup.Outcome.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter());
    }
    throw setupComplete();
  }

  private static Problem setupComplete() {
    return Problem.of(
        ErrorCode.SETUP_COMPLETE, "There is an administrator already. Sign in instead.");
  }

  /**
   * Gives the browser its new session, and ends the one it came with: nobody needs two, and an old
   * one may have been planted (OWASP ASVS 5.0, V7.2.4).
   */
  static void enter(Exchange exchange, Opened opened) {
    endCurrent(exchange);
    exchange.setSessionCookies(opened);
  }

  private static void endCurrent(Exchange exchange) {
    Credential credential = exchange.credential();
    if (credential instanceof Credential.SessionCookie
        && exchange.auth().authenticate(credential, exchange.client()) instanceof Authenticated old
        && old.principal() instanceof SessionUser user) {
      boolean unused = exchange.auth().sessions().end(user.account().id(), user.session().id());
    }
  }
}

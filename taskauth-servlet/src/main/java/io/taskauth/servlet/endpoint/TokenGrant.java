package io.taskauth.servlet.endpoint;

import io.taskauth.login.AuthorizationCodes;
import io.taskauth.login.AuthorizationCodes.Outcome;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.session.SessionDirectory.Opened;

/** What a command line gets its session for (RFC 6749, sections 4.1.3 and 4.3). */
enum TokenGrant {
  PASSWORD {
    @Override
    Opened open(Exchange exchange, JsonBody body) {
      return SignIn.signIn(exchange, body);
    }
  },

  AUTHORIZATION_CODE {
    @Override
    Opened open(Exchange exchange, JsonBody body) {
      AuthorizationCodes codes =
          exchange.auth().authorizationCodes().orElseThrow(AccountWork::noStore);
      Outcome outcome =
          codes.redeem(
              body.text("code", LENGTH),
              body.text("code_verifier", LENGTH),
              body.text("redirect_uri", LENGTH),
              exchange.client());
      if (outcome instanceof Outcome.SignedIn in) {
        return in.session();
      }
      if (outcome instanceof Outcome.Throttled throttled) {
        throw Problem.tooManyAttempts(throttled.retryAfter());
      }
      throw Problem.of(
          ErrorCode.INVALID_GRANT,
          "The code was used, is older than a minute, or is another program's. Sign in again.");
    }
  };

  private static final int LENGTH = 256;

  abstract Opened open(Exchange exchange, JsonBody body);

  /**
   * @throws Problem with 400 where it is none that there is
   */
  static TokenGrant of(JsonBody body) {
    return switch (body.optionalText("grant_type", LENGTH).orElse("password")) {
      case "password" -> PASSWORD;
      case "authorization_code" -> AUTHORIZATION_CODE;
      default -> throw Problem.field("grant_type", "must be password or authorization_code.");
    };
  }
}

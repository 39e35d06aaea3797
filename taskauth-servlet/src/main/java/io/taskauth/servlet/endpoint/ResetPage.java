package io.taskauth.servlet.endpoint;

import io.taskauth.login.PasswordReset;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteresetGenerated;
import io.taskauth.user.User;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /auth/reset}: choosing a password with a link. */
final class ResetPage {
  private final Pages pages;

  ResetPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/auth/reset", this::show),
        Route.open("POST", "/auth/reset", this::reset));
  }

  private void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    show(exchange, 200, exchange.parameter("token").orElse(""), null);
  }

  private void reset(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    String token = form.text("token", ResetForm.TOKEN_LENGTH);
    if (!FormGuard.holds(exchange, form)) {
      FormGuard.refused(exchange);
      show(exchange, 403, token, FormGuard.STALE_FORM);
      return;
    }
    try {
      String password = form.text("new_password", SignIn.PASSWORD_LENGTH);
      if (!password.equals(form.text("new_password_again", SignIn.PASSWORD_LENGTH))) {
        throw Problem.of(ErrorCode.INVALID_REQUEST, "The two passwords are not the same.");
      }
      ResetForm.complete(exchange, token, password);
      exchange.redirect(303, exchange.base() + "/auth/login?done=reset");
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      show(exchange, problem.code().status(), token, problem.forPerson());
    }
  }

  private void show(Exchange exchange, int status, String token, @Nullable String error)
      throws IOException {
    if (exchange.auth().isEnabled() && !exchange.auth().isPasswordLoginEnabled()) {
      throw Problem.passwordsRefused();
    }
    PasswordReset reset = exchange.auth().passwordReset().orElseThrow(AccountWork::noStore);
    Optional<User> account =
        token.isEmpty() || token.length() > ResetForm.TOKEN_LENGTH
            ? Optional.empty()
            : reset.accountOf(token);
    String csrf = account.isPresent() ? FormGuard.token(exchange) : "";
    PageFrame frame = pages.openFrame(exchange, "Choose your password", csrf);
    String name = account.map(user -> user.username().value()).orElse("");
    pages.show(
        exchange,
        account.isEmpty() && status == 200 && !token.isEmpty() ? 400 : status,
        out -> JteresetGenerated.render(out, null, frame, name, token, token.isEmpty(), error));
  }
}

package io.taskauth.servlet.endpoint;

import io.taskauth.login.Setup;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.provider.IdentityProviders;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteloginGenerated;
import io.taskauth.servlet.jte.JtelogoutGenerated;
import io.taskauth.servlet.jte.JtesetupGenerated;
import io.taskauth.session.SessionDirectory.Opened;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /auth/login}, {@code /auth/setup} and {@code /auth/logout}: forms that need no script. */
final class SignInPages {
  private final Pages pages;

  SignInPages(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/auth/login", this::showLogin),
        Route.open("POST", "/auth/login", this::login),
        Route.open("GET", "/auth/setup", this::showSetup),
        Route.open("POST", "/auth/setup", this::setup),
        Route.open("GET", "/auth/logout", this::showLogout),
        Route.session("POST", "/auth/logout", this::logout));
  }

  private void showLogin(Exchange exchange, Endpoint.Caller caller) throws IOException {
    String next = exchange.parameter("next").orElse(null);
    if (exchange.auth().isSetupRequired()) {
      exchange.redirect(302, exchange.base() + "/auth/setup" + ProviderError.query(exchange));
    } else if (!exchange.auth().isEnabled() || signedIn(exchange).isPresent()) {
      exchange.redirect(302, Next.orHome(exchange, next));
    } else {
      String error = ProviderError.sentence(exchange).orElse(null);
      login(exchange, 200, "", Next.of(exchange, next), error);
    }
  }

  private void login(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    String username = form.text("username", SignIn.NAME_LENGTH);
    String next = form.text("next", 2048);
    if (!FormGuard.holds(exchange, form)) {
      FormGuard.refused(exchange);
      login(exchange, 403, username, Next.of(exchange, next), FormGuard.STALE_FORM);
      return;
    }
    try {
      Opened opened =
          SignIn.signIn(exchange, username, form.text("password", SignIn.PASSWORD_LENGTH));
      SignIn.enter(exchange, opened);
      exchange.redirect(303, Next.orHome(exchange, next));
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      login(
          exchange,
          problem.code().status(),
          username,
          Next.of(exchange, next),
          problem.forPerson());
    }
  }

  private void login(
      Exchange exchange, int status, String username, String next, @Nullable String error)
      throws IOException {
    PageFrame frame = pages.openFrame(exchange, "Sign in", FormGuard.token(exchange));
    String notice =
        exchange.isSafe() && exchange.parameter("done").filter("reset"::equals).isPresent()
            ? "Your new password is set. Sign in with it."
            : null;
    boolean passwords = exchange.auth().isPasswordLoginEnabled();
    boolean resets = passwords && exchange.auth().passwordReset().isPresent();
    List<ProviderButton> providers = ProviderButton.all(exchange, next);
    pages.show(
        exchange,
        status,
        out ->
            JteloginGenerated.render(
                out, null, frame, username, next, providers, passwords, resets, notice, error));
  }

  private void showSetup(Exchange exchange, Endpoint.Caller caller) throws IOException {
    if (!exchange.auth().isSetupRequired()) {
      exchange.redirect(302, exchange.base() + "/auth/login");
      return;
    }
    String code = exchange.parameter("code").orElse("");
    String next = Next.of(exchange, exchange.parameter("next").orElse(null));
    setup(exchange, 200, "", code, next, ProviderError.sentence(exchange).orElse(null));
  }

  private void setup(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    String username = form.text("username", SignIn.NAME_LENGTH);
    String code = form.text("code", 256);
    String next = form.text("next", 2048);
    if (!FormGuard.holds(exchange, form)) {
      FormGuard.refused(exchange);
      setup(exchange, 403, username, code, Next.of(exchange, next), FormGuard.STALE_FORM);
      return;
    }
    String password = form.text("password", SignIn.PASSWORD_LENGTH);
    if (!password.equals(form.text("password_again", SignIn.PASSWORD_LENGTH))) {
      String differ = "The two passwords are not the same.";
      setup(exchange, 400, username, code, Next.of(exchange, next), differ);
      return;
    }
    try {
      SignIn.enter(exchange, SignIn.setUp(exchange, username, password, code));
      exchange.redirect(303, Next.orHome(exchange, next));
    } catch (Problem problem) {
      if (problem.code() == ErrorCode.SETUP_COMPLETE) {
        exchange.redirect(303, exchange.base() + "/auth/login");
        return;
      }
      problem.headers().forEach(exchange.response()::setHeader);
      setup(
          exchange,
          problem.code().status(),
          username,
          code,
          Next.of(exchange, next),
          problem.forPerson());
    }
  }

  private void setup(
      Exchange exchange,
      int status,
      String username,
      String code,
      String next,
      @Nullable String error)
      throws IOException {
    PageFrame frame =
        pages.openFrame(exchange, "Create the administrator", FormGuard.token(exchange));
    boolean needsCode = exchange.auth().setup().map(Setup::needsCode).orElse(false);
    boolean passwords = exchange.auth().isPasswordLoginEnabled();
    List<ProviderButton> providers =
        exchange.auth().identityProviders().map(IdentityProviders::mayBringTheFirst).orElse(false)
            ? ProviderButton.all(exchange, next)
            : List.of();
    pages.show(
        exchange,
        status,
        out ->
            JtesetupGenerated.render(
                out, null, frame, username, code, needsCode, next, providers, passwords, error));
  }

  /** At once where a page of ours was clicked; else a link elsewhere could sign people out. */
  private void showLogout(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Optional<SessionUser> user = signedIn(exchange);
    if (user.isEmpty()) {
      exchange.redirect(302, exchange.base() + "/auth/login");
    } else if (exchange.isOwnClick() && exchange.request().getMethod().equals("GET")) {
      leave(exchange, user.get());
    } else {
      PageFrame frame = pages.frame(exchange, "Sign out", user.get());
      pages.show(exchange, 200, out -> JtelogoutGenerated.render(out, null, frame));
    }
  }

  private void logout(Exchange exchange, Endpoint.Caller caller) throws IOException {
    leave(exchange, caller.signedIn());
  }

  private void leave(Exchange exchange, SessionUser user) throws IOException {
    Optional<SignOut.Onward> onward = SignOut.signOut(exchange, user);
    if (onward.isPresent()) {
      new OnwardPage(pages).signOutAt(exchange, onward.get());
    } else {
      exchange.redirect(303, exchange.base() + "/auth/login");
    }
  }

  private static Optional<SessionUser> signedIn(Exchange exchange) {
    return exchange.auth().authenticate(exchange.credential(), exchange.client())
                instanceof Authenticated in
            && in.principal() instanceof SessionUser user
        ? Optional.of(user)
        : Optional.empty();
  }
}

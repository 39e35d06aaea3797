package io.taskauth.servlet.endpoint;

import io.taskauth.access.Scopes;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteaccountGenerated;
import io.taskauth.session.Session;
import io.taskauth.user.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code /auth/account}: one's own password, tokens and sessions. */
final class AccountPage {
  static final String PATH = "/auth/account";
  private static final String PASSWORD = "password";
  private static final String TOKEN = "create-token";
  private static final Map<String, OptionalInt> LIVES =
      Map.of(
          "30", OptionalInt.of(30),
          "90", OptionalInt.of(90),
          "365", OptionalInt.of(365),
          "never", OptionalInt.empty());
  private static final Map<String, String> NOTICES =
      Map.of(
          "password", "Your password is changed, and all your other sessions have ended.",
          "session", "The session has ended.",
          "sessions", "All your other sessions have ended.",
          "token", "The token is revoked.");

  /** What one answer shows besides what is always there. */
  private record Shown(
      int status,
      @Nullable String notice,
      @Nullable String error,
      String errorAt,
      String tokenName,
      @Nullable String newToken) {
    static Shown plain(@Nullable String notice) {
      return new Shown(200, notice, null, "", "", null);
    }

    static Shown problem(Problem problem, String form, String tokenName) {
      return new Shown(problem.code().status(), null, problem.forPerson(), form, tokenName, null);
    }

    static Shown token(String token) {
      return new Shown(200, null, null, "", "", token);
    }
  }

  private final Pages pages;

  AccountPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.session("GET", PATH, this::show), Route.session("POST", PATH, this::change));
  }

  private void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    String done = exchange.parameter("done").orElse("");
    show(exchange, caller.signedIn(), Shown.plain(NOTICES.get(done)));
  }

  private void change(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    SessionUser user = caller.signedIn();
    String action = form.text("action", 32);
    try {
      switch (action) {
        case PASSWORD -> changePassword(exchange, form, user);
        case TOKEN -> show(exchange, user, Shown.token(createToken(exchange, form, user)));
        case "revoke-token" -> {
          TokenWork.revoke(exchange, user.account(), form.text("token", 64));
          done(exchange, "token");
        }
        case "end-session" -> {
          boolean unused = AccountApi.endOne(exchange, user, form.text("session", 64));
          done(exchange, "session");
        }
        case "end-others" -> {
          int unused = AccountApi.endOthers(exchange, user);
          done(exchange, "sessions");
        }
        default -> throw Problem.field("action", "is none that this page knows.");
      }
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      show(exchange, user, Shown.problem(problem, action, form.text("name", 4096)));
    }
  }

  private static void done(Exchange exchange, String what) {
    exchange.redirect(303, exchange.base() + PATH + "?done=" + what);
  }

  private static void changePassword(Exchange exchange, FormBody form, SessionUser user) {
    String next = form.text("new_password", SignIn.PASSWORD_LENGTH);
    if (!next.equals(form.text("new_password_again", SignIn.PASSWORD_LENGTH))) {
      throw Problem.field("new_password_again", "is not the same as the new password.")
          .told("The two new passwords are not the same.");
    }
    int unused =
        PasswordForm.change(
            exchange, user, form.text("old_password", SignIn.PASSWORD_LENGTH), next);
    done(exchange, "password");
  }

  private static String createToken(Exchange exchange, FormBody form, SessionUser user) {
    OptionalInt days = LIVES.get(form.text("expires", 8));
    if (days == null) {
      throw Problem.field("expires", "must be 30, 90, 365 or never.");
    }
    // All that was sent: a box that is not known any more must not make a token without a limit.
    List<String> scopes = form.namesAfter("scope-");
    return TokenWork.create(exchange, user, form.text("name", TokenWork.NAME_LENGTH), days, scopes)
        .secret()
        .reveal();
  }

  private void show(Exchange exchange, SessionUser user, Shown shown) throws IOException {
    AccountView view = view(exchange, user, shown);
    PageFrame frame = pages.frame(exchange, "Your account", user);
    pages.show(exchange, shown.status(), out -> JteaccountGenerated.render(out, null, frame, view));
  }

  private static AccountView view(Exchange exchange, SessionUser user, Shown shown) {
    Instant now = exchange.auth().clock().instant();
    List<SessionRow> sessions =
        exchange.auth().sessions().ofUser(user.account().id(), user.session()).stream()
            .map(session -> row(session, user, now))
            .toList();
    List<TokenRow> tokens =
        exchange.auth().accessTokens().stream()
            .flatMap(kept -> kept.ofUser(user.account().id()).stream())
            .map(token -> TokenRow.own(token, now))
            .toList();
    boolean administrator =
        user.has(exchange.auth().roles().administrator(), exchange.auth().roles());
    List<String> scopes =
        TokenWork.known(exchange).stream()
            .filter(scope -> administrator || !scope.equals(Scopes.ADMIN))
            .toList();
    return new AccountView(
        user.account().username().value(),
        user.account().role().name(),
        user.account().email() == null ? null : user.account().email().value(),
        exchange.auth().isPasswordLoginEnabled() && user.account().origin().equals(Origin.PASSWORD),
        sessions,
        exchange.auth().accessTokens().isPresent(),
        tokens,
        scopes,
        shown.notice(),
        shown.error(),
        shown.errorAt(),
        shown.tokenName(),
        shown.newToken());
  }

  private static SessionRow row(Session session, SessionUser user, Instant now) {
    return new SessionRow(
        session.id().value(),
        UserAgents.describe(session.userAgent()),
        session.ip() == null ? "" : session.ip(),
        Times.minute(session.createdAt()),
        Times.ago(session.lastSeenAt(), now),
        String.valueOf(Json.instant(session.lastSeenAt())),
        session.id().equals(user.session().id()));
  }
}

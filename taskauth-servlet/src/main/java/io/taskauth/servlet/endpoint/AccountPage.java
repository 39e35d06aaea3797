package io.taskauth.servlet.endpoint;

import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.endpoint.Pages.AccountView;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.Problem;
import io.taskauth.session.Session;
import io.taskauth.user.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /auth/account}: one's own password and sessions. */
final class AccountPage {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Map<String, String> NOTICES =
      Map.of(
          "password", "Your password is changed, and all your other sessions have ended.",
          "session", "The session has ended.",
          "sessions", "All your other sessions have ended.");

  private final Pages pages;

  AccountPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.signedIn("GET", "/auth/account", this::show),
        Route.signedIn("POST", "/auth/account", this::change));
  }

  private void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    String done = exchange.parameter("done").orElse("");
    show(exchange, 200, caller.signedIn(), NOTICES.get(done), null);
  }

  private void change(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    SessionUser user = caller.signedIn();
    switch (form.text("action", 32)) {
      case "password" -> changePassword(exchange, form, user);
      case "end-session" -> {
        boolean unused = AccountApi.endOne(exchange, user, form.text("session", 64));
        exchange.redirect(303, exchange.base() + "/auth/account?done=session");
      }
      case "end-others" -> {
        int unused = AccountApi.endOthers(exchange, user);
        exchange.redirect(303, exchange.base() + "/auth/account?done=sessions");
      }
      default -> throw Problem.field("action", "is none that this page knows.");
    }
  }

  private void changePassword(Exchange exchange, FormBody form, SessionUser user)
      throws IOException {
    String next = form.text("new_password", SignIn.PASSWORD_LENGTH);
    try {
      if (!next.equals(form.text("new_password_again", SignIn.PASSWORD_LENGTH))) {
        throw Problem.field("new_password_again", "is not the same as the new password.")
            .told("The two new passwords are not the same.");
      }
      int unused =
          PasswordForm.change(
              exchange, user, form.text("old_password", SignIn.PASSWORD_LENGTH), next);
      exchange.redirect(303, exchange.base() + "/auth/account?done=password");
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      show(exchange, problem.code().status(), user, null, problem.forPerson());
    }
  }

  private void show(
      Exchange exchange,
      int status,
      SessionUser user,
      @Nullable String notice,
      @Nullable String error)
      throws IOException {
    Instant now = exchange.auth().clock().instant();
    List<SessionRow> sessions =
        exchange.auth().sessions().ofUser(user.account().id(), user.session()).stream()
            .map(session -> row(session, user, now))
            .toList();
    AccountView view =
        new AccountView(
            user.account().username().value(),
            user.account().role().name(),
            user.account().email() == null ? null : user.account().email().value(),
            user.account().origin().equals(Origin.PASSWORD),
            sessions);
    String csrf = exchange.auth().csrf().forSession(user.session().id());
    PageFrame frame = pages.frame(exchange, "Your account", csrf, user.account().label());
    pages.account(exchange, status, frame, view, notice, error);
  }

  private static SessionRow row(Session session, SessionUser user, Instant now) {
    return new SessionRow(
        session.id().value(),
        UserAgents.describe(session.userAgent()),
        session.ip() == null ? "" : session.ip(),
        DAY.format(session.createdAt()),
        ago(session.lastSeenAt(), now),
        String.valueOf(Json.instant(session.lastSeenAt())),
        session.id().equals(user.session().id()));
  }

  private static String ago(Instant then, Instant now) {
    Duration since = Duration.between(then, now);
    if (since.toMinutes() < 2) {
      return "just now";
    }
    if (since.toHours() < 2) {
      return since.toMinutes() + " minutes ago";
    }
    return since.toDays() < 2 ? since.toHours() + " hours ago" : since.toDays() + " days ago";
  }
}

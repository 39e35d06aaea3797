package io.taskauth.servlet.endpoint;

import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.endpoint.AccountWork.ResetLink;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteuserGenerated;
import io.taskauth.user.Identity;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /auth/admin/users/<id>}: one account. */
final class UserPage {
  static final String PATH = UsersPage.PATH;
  private static final Map<String, String> NOTICES =
      Map.of(
          "created", "The user is created.",
          "saved", "The changes are saved.",
          "activated", "The account is active again.",
          "deactivated",
              "The account is deactivated; its sessions have ended and its tokens are revoked.",
          "password", "The new password is set, and all sessions of the user have ended.",
          "sessions", "All sessions of the user have ended.",
          "linked", "The identity signs in to this account from now on.",
          "unlinked", "The identity is taken off, and the sessions opened with it have ended.");

  /** What one answer shows besides what is always there. */
  private record Shown(
      int status, @Nullable String notice, @Nullable String error, @Nullable ResetLink link) {}

  private final Pages pages;

  UserPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.adminSession("GET", PATH + "/*", this::show),
        Route.adminSession("POST", PATH + "/*", this::change));
  }

  private void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User account = AccountWork.find(exchange, caller.parameter());
    String notice = NOTICES.get(exchange.parameter("done").orElse(""));
    show(exchange, caller.signedIn(), account, fields(account), new Shown(200, notice, null, null));
  }

  /** Makes a link for choosing a password, and shows it this once. */
  void showLink(Exchange exchange, SessionUser by, User account) throws IOException {
    ResetLink link = AccountWork.resetLink(exchange, by.account(), account);
    show(exchange, by, account, fields(account), new Shown(200, null, null, link));
  }

  private static UserFields fields(User account) {
    return new UserFields(
        account.displayName() == null ? "" : account.displayName(),
        account.email() == null ? "" : account.email().value(),
        account.role().name());
  }

  private void change(Exchange exchange, Endpoint.Caller caller) throws IOException {
    SessionUser by = caller.signedIn();
    User account = AccountWork.find(exchange, caller.parameter());
    try {
      act(exchange, by, account);
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      show(
          exchange,
          by,
          account,
          typed(exchange, account),
          new Shown(problem.code().status(), null, problem.forPerson(), null));
    }
  }

  /** What was typed is shown again with what was wrong about it. */
  private static UserFields typed(Exchange exchange, User account) throws IOException {
    FormBody form = exchange.formBody();
    return form.text("action", 32).equals("save")
        ? new UserFields(
            form.text("display_name", 4096), form.text("email", 4096), form.text("role", 4096))
        : fields(account);
  }

  private void act(Exchange exchange, SessionUser by, User account) throws IOException {
    FormBody form = exchange.formBody();
    UUID id = account.id();
    switch (form.text("action", 32)) {
      case "save" -> {
        User unused = AccountWork.change(exchange, by.account(), id, edited(exchange, form));
        done(exchange, id, "saved");
      }
      case "activate" -> {
        User unused = AccountWork.activate(exchange, by.account(), id);
        done(exchange, id, "activated");
      }
      case "deactivate" -> {
        User unused = AccountWork.deactivate(exchange, by.account(), id);
        done(exchange, id, "deactivated");
      }
      case "reset-link" -> showLink(exchange, by, account);
      case "set-password" -> {
        String password = form.text("new_password", SignIn.PASSWORD_LENGTH);
        AccountWork.setPassword(exchange, by.account(), id, password);
        done(exchange, id, "password");
      }
      case "end-sessions" -> {
        int unused = AccountWork.endSessions(exchange, by.account(), id);
        done(exchange, id, "sessions");
      }
      case "link-identity" -> {
        String subject = form.text("subject", IdentityWork.SUBJECT_LENGTH);
        Identity unused =
            IdentityWork.link(exchange, by.account(), account, form.text("slot", 32), subject);
        done(exchange, id, "linked");
      }
      case "unlink-identity" -> {
        IdentityWork.unlink(exchange, by.account(), account, form.text("identity", 64));
        done(exchange, id, "unlinked");
      }
      case "delete" -> {
        AccountWork.delete(exchange, by.account(), id);
        exchange.redirect(303, exchange.base() + UsersPage.PATH + "?done=deleted");
      }
      default -> throw Problem.field("action", "is none that this page knows.");
    }
  }

  /**
   * Only what differs from what the page showed: a page that was open for a while must not put back
   * what somebody else has changed meanwhile.
   */
  private static UserChange edited(Exchange exchange, FormBody form) {
    UserChange change = UserChange.nothing();
    String name = form.text("display_name", AccountWork.NAME_LENGTH);
    if (differs(form, "display_name")) {
      change = change.displayName(AccountWork.displayName(name));
    }
    String email = form.text("email", SignIn.NAME_LENGTH);
    if (differs(form, "email")) {
      change = change.email(AccountWork.email(email));
    }
    return differs(form, "role")
        ? change.role(AccountWork.role(exchange, form.text("role", 32)))
        : change;
  }

  private static boolean differs(FormBody form, String field) {
    return !form.has("was_" + field)
        || !form.text(field, 4096).equals(form.text("was_" + field, 4096));
  }

  private static void done(Exchange exchange, UUID id, String what) {
    exchange.redirect(303, exchange.base() + PATH + "/" + id + "?done=" + what);
  }

  private void show(Exchange exchange, SessionUser by, User account, UserFields fields, Shown shown)
      throws IOException {
    Instant now = exchange.auth().clock().instant();
    UserView view =
        new UserView(
            UserRow.of(account, exchange.base(), now),
            fields,
            account.id().equals(by.account().id()),
            exchange.auth().roles().ascending().stream().map(Role::name).toList(),
            exchange.auth().isPasswordLoginEnabled()
                && account.origin().equals(Origin.PASSWORD)
                && !account.id().equals(by.account().id()),
            ProviderChoice.all(exchange),
            IdentityWork.of(exchange, account).stream()
                .map(linked -> IdentityRow.of(exchange, linked))
                .toList(),
            shown.link() == null ? null : shown.link().url(),
            shown.link() != null && shown.link().emailSent(),
            shown.notice(),
            shown.error());
    PageFrame frame = pages.frame(exchange, account.username().value(), by);
    pages.show(exchange, shown.status(), out -> JteuserGenerated.render(out, null, frame, view));
  }
}

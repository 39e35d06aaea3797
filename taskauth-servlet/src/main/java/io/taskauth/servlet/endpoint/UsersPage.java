package io.taskauth.servlet.endpoint;

import io.taskauth.admin.NewAccount;
import io.taskauth.page.Page;
import io.taskauth.password.Password;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteusersGenerated;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /auth/admin/users}: finding and making accounts. */
final class UsersPage {
  static final String PATH = "/auth/admin/users";
  private static final int PAGE = 25;

  private final Pages pages;

  UsersPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.adminSession("GET", PATH, this::list),
        Route.adminSession("POST", PATH, this::create));
  }

  private void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    String lowest = exchange.auth().roles().lowest().name();
    String notice =
        exchange
            .parameter("done")
            .filter("deleted"::equals)
            .map(d -> "The user is deleted.")
            .orElse(null);
    show(exchange, 200, caller.signedIn(), NewUserForm.blank(lowest), notice, null);
  }

  private void create(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    SessionUser by = caller.signedIn();
    NewUserForm typed =
        new NewUserForm(
            form.text("username", SignIn.NAME_LENGTH),
            form.text("email", SignIn.NAME_LENGTH),
            form.text("display_name", AccountWork.NAME_LENGTH),
            form.text("role", 32));
    try {
      Optional<Password> password =
          form.optionalText("password", SignIn.PASSWORD_LENGTH).map(Password::of);
      User made =
          AccountWork.create(
              exchange,
              by.account(),
              new NewAccount(
                  AccountWork.username(typed.username()),
                  AccountWork.email(typed.email()),
                  AccountWork.displayName(typed.displayName()),
                  AccountWork.role(exchange, typed.role()),
                  password));
      if (password.isPresent() || !exchange.auth().isPasswordLoginEnabled()) {
        exchange.redirect(303, exchange.base() + PATH + "/" + made.id() + "?done=created");
      } else {
        new UserPage(pages).showLink(exchange, by, made);
      }
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      show(exchange, problem.code().status(), by, typed, null, problem.forPerson());
    }
  }

  private void show(
      Exchange exchange,
      int status,
      SessionUser by,
      NewUserForm typed,
      @Nullable String notice,
      @Nullable String error)
      throws IOException {
    Instant now = exchange.auth().clock().instant();
    Page<User> found = UsersApi.search(exchange, PAGE);
    String query = exchange.parameter("q").orElse("").strip();
    UsersView view =
        new UsersView(
            query,
            found.items().stream().map(user -> UserRow.of(user, exchange.base(), now)).toList(),
            Paging.of(exchange, PATH, Map.of("q", query), found),
            exchange.auth().roles().ascending().stream().map(Role::name).toList(),
            exchange.auth().isPasswordLoginEnabled(),
            typed,
            notice,
            error);
    PageFrame frame = pages.frame(exchange, "Users", by);
    pages.show(exchange, status, out -> JteusersGenerated.render(out, null, frame, view));
  }
}

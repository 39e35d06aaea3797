package io.taskauth.servlet.endpoint;

import io.taskauth.admin.NewAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.Password;
import io.taskauth.servlet.endpoint.AccountWork.ResetLink;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.servlet.http.ListQuery;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/auth/users}: administrators look after accounts. */
final class UsersApi {
  private static final String USERS = "/api/auth/users";
  private static final int PAGE = 50;

  List<Route> routes() {
    return List.of(
        Route.adminApi("GET", USERS, UsersApi::list),
        Route.adminApi("POST", USERS, UsersApi::create),
        Route.adminApi("GET", USERS + "/*", UsersApi::show),
        Route.adminApi("PATCH", USERS + "/*", UsersApi::change),
        Route.adminApi("DELETE", USERS + "/*", UsersApi::delete),
        Route.adminApi("POST", USERS + "/*/activate", UsersApi::activate),
        Route.adminApi("POST", USERS + "/*/deactivate", UsersApi::deactivate),
        Route.adminApi("POST", USERS + "/*/reset-password", UsersApi::resetPassword),
        Route.adminApi("POST", USERS + "/*/set-password", UsersApi::setPassword),
        Route.adminApi("DELETE", USERS + "/*/sessions", UsersApi::endSessions));
  }

  private static void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, Lists.json(search(exchange, PAGE), UserJson::of));
  }

  /** The page of users that the query asks for; for the page too. */
  static Page<User> search(Exchange exchange, int standardLimit) {
    UserAdministration users = AccountWork.users(exchange);
    PageRequest page = ListQuery.page(exchange, standardLimit);
    String prefix = ListQuery.search(exchange, "q", SignIn.NAME_LENGTH);
    try {
      return prefix.isEmpty() ? users.newest(page) : users.startingWith(prefix, page);
    } catch (BadCursorException e) {
      throw ListQuery.badCursor();
    }
  }

  private static void create(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body =
        exchange.jsonBody().only("username", "email", "display_name", "role", "password");
    NewAccount wanted =
        new NewAccount(
            AccountWork.username(body.text("username", SignIn.NAME_LENGTH)),
            body.optionalText("email", SignIn.NAME_LENGTH).map(AccountWork::email).orElse(null),
            body.optionalText("display_name", AccountWork.NAME_LENGTH)
                .map(AccountWork::displayName)
                .orElse(null),
            body.optionalText("role", 32)
                .map(name -> AccountWork.role(exchange, name))
                .orElseGet(() -> exchange.auth().roles().lowest()),
            body.optionalText("password", SignIn.PASSWORD_LENGTH).map(Password::of));
    User made = AccountWork.create(exchange, caller.user(), wanted);
    Map<String, @Nullable Object> json = UserJson.of(made);
    if (wanted.password().isEmpty() && exchange.auth().isPasswordLoginEnabled()) {
      putLink(json, AccountWork.resetLink(exchange, caller.user(), made));
    }
    exchange.response().setHeader("Location", exchange.base() + USERS + "/" + made.id());
    exchange.json(201, json);
  }

  private static void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, UserJson.of(AccountWork.find(exchange, caller.parameter())));
  }

  private static void change(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User before = AccountWork.find(exchange, caller.parameter());
    JsonBody body = exchange.patchBody().only("display_name", "email", "role", "active");
    UserChange change = UserChange.nothing();
    if (body.has("display_name")) {
      Optional<String> name = body.optionalText("display_name", AccountWork.NAME_LENGTH);
      change = change.displayName(name.map(AccountWork::displayName).orElse(null));
    }
    if (body.has("email")) {
      Optional<String> email = body.optionalText("email", SignIn.NAME_LENGTH);
      change = change.email(email.map(AccountWork::email).orElse(null));
    }
    if (body.has("role")) {
      change = change.role(AccountWork.role(exchange, body.text("role", 32)));
    }
    if (body.has("active")) {
      boolean active =
          body.optionalBoolean("active")
              .orElseThrow(() -> Problem.field("active", "must be true or false."));
      change =
          active
              ? change.activate()
              : change.deactivate(
                  exchange.auth().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                  caller.user().id());
    }
    User after = AccountWork.change(exchange, caller.user(), before.id(), change);
    exchange.json(200, UserJson.of(after));
  }

  private static void delete(Exchange exchange, Endpoint.Caller caller) throws IOException {
    AccountWork.delete(exchange, caller.user(), id(exchange, caller));
    exchange.noContent();
  }

  private static void activate(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User user = AccountWork.activate(exchange, caller.user(), id(exchange, caller));
    exchange.json(200, UserJson.of(user));
  }

  private static void deactivate(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User user = AccountWork.deactivate(exchange, caller.user(), id(exchange, caller));
    exchange.json(200, UserJson.of(user));
  }

  private static void resetPassword(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User account = AccountWork.find(exchange, caller.parameter());
    Map<String, @Nullable Object> json = Json.object();
    putLink(json, AccountWork.resetLink(exchange, caller.user(), account));
    exchange.json(200, json);
  }

  private static void putLink(Map<String, @Nullable Object> json, ResetLink link) {
    json.put("reset_url", link.url());
    json.put("reset_token", link.token());
    json.put("reset_expires_at", Json.instant(link.expiresAt()));
    json.put("email_sent", link.emailSent());
  }

  private static void setPassword(Exchange exchange, Endpoint.Caller caller) throws IOException {
    UUID id = id(exchange, caller);
    JsonBody body = exchange.jsonBody().only("password", "new_password");
    String password =
        body.optionalText("new_password", SignIn.PASSWORD_LENGTH)
            .orElseGet(() -> body.text("password", SignIn.PASSWORD_LENGTH));
    AccountWork.setPassword(exchange, caller.user(), id, password);
    exchange.noContent();
  }

  private static void endSessions(Exchange exchange, Endpoint.Caller caller) throws IOException {
    int ended = AccountWork.endSessions(exchange, caller.user(), id(exchange, caller));
    exchange.json(200, Map.of("ok", true, "sessions_revoked", ended));
  }

  private static UUID id(Exchange exchange, Endpoint.Caller caller) {
    return AccountWork.find(exchange, caller.parameter()).id();
  }
}

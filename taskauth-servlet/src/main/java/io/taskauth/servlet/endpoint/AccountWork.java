package io.taskauth.servlet.endpoint;

import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.NewAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.login.PasswordReset;
import io.taskauth.login.PasswordReset.Start;
import io.taskauth.password.Password;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.Username;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do to accounts, the same for forms and JSON: outcomes become problems here.
 */
final class AccountWork {
  static final int NAME_LENGTH = 128;

  /** What is done, as the sentence about the last administrator says it. */
  enum Deed {
    DEACTIVATE,
    DEMOTE,
    DELETE
  }

  /**
   * A link with which somebody chooses a password.
   *
   * @param emailSent whether a mail server took it
   */
  record ResetLink(String url, String token, Instant expiresAt, boolean emailSent) {}

  private AccountWork() {}

  static UserAdministration users(Exchange exchange) {
    return exchange.auth().userAdministration().orElseThrow(AccountWork::noStore);
  }

  /** What is answered where accounts are not kept here. */
  static Problem noStore() {
    return Problem.of(
        ErrorCode.NOT_FOUND,
        "This application keeps no accounts of its own, so there is nothing here to manage.");
  }

  /**
   * The account of an id in a path.
   *
   * @throws Problem with 404
   */
  static User find(Exchange exchange, String id) {
    return id(id).flatMap(users(exchange)::find).orElseThrow(AccountWork::notFound);
  }

  static Optional<UUID> id(String text) {
    try {
      UUID id = UUID.fromString(text);
      // fromString also takes spellings that are none of ours, such as "1-1-1-1-1".
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Problem notFound() {
    return Problem.of(ErrorCode.NOT_FOUND, "There is no user with this id.");
  }

  static Username username(String text) {
    return Username.parse(text)
        .orElseThrow(
            () ->
                Problem.field("username", "must be " + Username.RULE + ".")
                    .told("The user name must be " + Username.RULE + "."));
  }

  /** Null for nothing but white space. */
  static @Nullable EmailAddress email(String text) {
    if (text.isBlank()) {
      return null;
    }
    return EmailAddress.parse(text)
        .orElseThrow(
            () ->
                Problem.field("email", "must be an e-mail address like ada@example.com.")
                    .told("This is no e-mail address. It must be like ada@example.com."));
  }

  /** Null for nothing but white space. */
  static @Nullable String displayName(String text) {
    return text.isBlank() ? null : text.strip();
  }

  static Role role(Exchange exchange, String name) {
    return exchange
        .auth()
        .roles()
        .find(name)
        .orElseThrow(
            () -> {
              String known =
                  exchange.auth().roles().ascending().stream()
                      .map(Role::name)
                      .collect(Collectors.joining(", "));
              return Problem.field("role", "must be one of: " + known + ".");
            });
  }

  /**
   * @throws Problem with 400 or 409
   */
  static User create(Exchange exchange, User by, NewAccount account) {
    return done(users(exchange).create(by, account, exchange.client()), Deed.DEMOTE);
  }

  /**
   * @throws Problem with 404 or 409
   */
  static User change(Exchange exchange, User by, UUID id, UserChange change) {
    Deed deed =
        change.activity() instanceof UserChange.Activity.Deactivate ? Deed.DEACTIVATE : Deed.DEMOTE;
    return done(users(exchange).change(by, id, change, exchange.client()), deed);
  }

  static User activate(Exchange exchange, User by, UUID id) {
    return change(exchange, by, id, UserChange.nothing().activate());
  }

  /**
   * @throws Problem with 404 or 409
   */
  static User deactivate(Exchange exchange, User by, UUID id) {
    return done(users(exchange).deactivate(by, id, exchange.client()), Deed.DEACTIVATE);
  }

  /**
   * @throws Problem with 404 or 409
   */
  static void delete(Exchange exchange, User by, UUID id) {
    User unused = done(users(exchange).delete(by, id, exchange.client()), Deed.DELETE);
  }

  /**
   * @throws Problem with 400, 404 or 409
   */
  static void setPassword(Exchange exchange, User by, UUID id, String password) {
    AccountOutcome outcome =
        users(exchange).setPassword(by, id, Password.of(password), exchange.client());
    if (outcome instanceof AccountOutcome.OwnAccount) {
      throw ownPassword();
    }
    User unused = done(outcome, Deed.DEMOTE);
  }

  /**
   * @throws Problem with 404, where there is no such user
   */
  static int endSessions(Exchange exchange, User by, UUID id) {
    return users(exchange)
        .endSessions(by, id, exchange.client())
        .orElseThrow(AccountWork::notFound);
  }

  /**
   * Makes a link with which the user chooses a password, and mails it where that can be.
   *
   * @throws Problem with 404, 409 or 429
   */
  static ResetLink resetLink(Exchange exchange, User by, User account) {
    PasswordReset reset = exchange.auth().passwordReset().orElseThrow(AccountWork::noStore);
    Start start = reset.start(by, account, exchange.client());
    if (start instanceof Start.Started started) {
      String token = started.token().reveal();
      String url =
          exchange.link("/auth/reset?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
      String site = exchange.settings().branding().name();
      boolean sent = exchange.auth().linkMails().send(by, account, url, site, exchange.client());
      return new ResetLink(url, token, started.expiresAt(), sent);
    }
    if (start instanceof Start.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter())
          .told(
              "So many links were made for this user that it looks like a mistake. Wait a while.");
    }
    if (start instanceof Start.PasswordsRefused) {
      throw Problem.passwordsRefused();
    }
    if (start instanceof Start.OwnAccount) {
      throw ownPassword();
    }
    if (start instanceof Start.Deactivated) {
      throw Problem.of(
          ErrorCode.CONFLICT, "This account is deactivated. Activate it first, then make a link.");
    }
    throw start instanceof Start.KeptElsewhere ? keptElsewhere() : notFound();
  }

  private static User done(AccountOutcome outcome, Deed deed) {
    if (outcome instanceof AccountOutcome.Done done) {
      return done.user();
    }
    if (outcome instanceof AccountOutcome.NameTaken) {
      throw Problem.of(
          ErrorCode.USER_EXISTS,
          "There is a user of this name, or with it as an e-mail. Choose another name.");
    }
    if (outcome instanceof AccountOutcome.EmailTaken) {
      throw Problem.of(
          ErrorCode.USER_EXISTS,
          "This e-mail belongs to another user. Use another address, or none.");
    }
    if (outcome instanceof AccountOutcome.BadPassword bad) {
      throw Problem.field("password", "is not acceptable: " + bad.objection())
          .told(bad.objection());
    }
    if (outcome instanceof AccountOutcome.KeptElsewhere) {
      throw keptElsewhere();
    }
    if (outcome instanceof AccountOutcome.PasswordsRefused) {
      throw Problem.passwordsRefused();
    }
    if (outcome instanceof AccountOutcome.OwnAccount) {
      throw ownAccount(deed);
    }
    throw outcome instanceof AccountOutcome.LastAdministrator
        ? lastAdministrator(deed)
        : notFound();
  }

  private static Problem keptElsewhere() {
    return Problem.of(
        ErrorCode.CONFLICT,
        "The password of this account is not kept here. Change it where it is kept.");
  }

  private static Problem ownPassword() {
    return Problem.of(
        ErrorCode.CONFLICT, "Change your own password on your account page; it takes the old one.");
  }

  private static Problem ownAccount(Deed deed) {
    return deed == Deed.DELETE
        ? Problem.of(
            ErrorCode.SELF_DELETION,
            "You cannot delete your own account. Ask another administrator to do it.")
        : Problem.of(
            ErrorCode.SELF_DEACTIVATION,
            "You cannot deactivate your own account. Ask another administrator to do it.");
  }

  private static Problem lastAdministrator(Deed deed) {
    String verb =
        switch (deed) {
          case DEACTIVATE -> "deactivate";
          case DEMOTE -> "demote";
          case DELETE -> "delete";
        };
    return Problem.of(
        ErrorCode.LAST_ADMIN,
        "Cannot "
            + verb
            + " the last active administrator. Make another user an administrator first.");
  }
}

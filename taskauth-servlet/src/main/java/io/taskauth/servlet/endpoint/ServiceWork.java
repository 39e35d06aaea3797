package io.taskauth.servlet.endpoint;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Standing;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccount.Retiring;
import io.taskauth.service.ServiceAccounts;
import io.taskauth.service.ServiceAccounts.Outcome;
import io.taskauth.service.ServiceName;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Looking after service accounts, the same for forms and JSON: outcomes become problems here. */
final class ServiceWork {
  static final int NAME_LENGTH = 64;
  static final int MAX_DAYS = TokenWork.MAX_DAYS;
  static final int STANDARD_DAYS = 365;
  static final int STANDARD_OVERLAP = (int) Duration.ofDays(1).toSeconds();
  static final int MAX_OVERLAP = (int) ServiceAccounts.MAX_OVERLAP.toSeconds();

  private ServiceWork() {}

  static ServiceAccounts accounts(Exchange exchange) {
    return exchange.auth().serviceAccounts().orElseThrow(AccountWork::noStore);
  }

  /**
   * @param days empty for no end
   * @throws Problem with 400 or 409
   */
  static Outcome.Made create(
      Exchange exchange,
      SessionUser who,
      String name,
      OptionalInt days,
      Collection<String> scopes) {
    User by = who.account();
    if (!ServiceName.isOne(name)) {
      throw Problem.field("name", "must be " + ServiceName.RULE + ".")
          .told("The name must be " + ServiceName.RULE + ".");
    }
    Expiry expiry =
        days.isPresent()
            ? Expiry.at(exchange.auth().clock().instant().plus(Duration.ofDays(days.getAsInt())))
            : Expiry.never();
    Outcome outcome =
        accounts(exchange)
            .create(by, new ServiceName(name), scopes(scopes), expiry, exchange.client());
    Outcome.Made made = made(outcome, name);
    requireStillThere(
        exchange, who, () -> accounts(exchange).delete(by, made.account().id(), exchange.client()));
    return made;
  }

  private static Scopes scopes(Collection<String> names) {
    try {
      Scopes scopes = Scopes.of(names);
      if (!scopes.isUnlimited()) {
        return scopes;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same complaint.
    }
    String rule = "1 to " + Scopes.MAX + " names, each " + Scopes.RULE + ".";
    throw Problem.field("scopes", "must be " + rule).told("The scopes must be " + rule);
  }

  /**
   * @throws Problem with 404 or 409
   */
  static Outcome.Made rotate(Exchange exchange, SessionUser who, String id, Duration overlap) {
    UUID account = id(id).orElseThrow(ServiceWork::notFound);
    Outcome outcome = accounts(exchange).rotate(who.account(), account, overlap, exchange.client());
    Outcome.Made made = made(outcome, "");
    requireStillThere(exchange, who, () -> {});
    return made;
  }

  private static Outcome.Made made(Outcome outcome, String name) {
    if (outcome instanceof Outcome.Made made) {
      return made;
    }
    if (outcome instanceof Outcome.NotFound) {
      throw notFound();
    }
    if (outcome instanceof Outcome.TooMany) {
      throw Problem.of(
          ErrorCode.CONFLICT,
          "There are " + ServiceAccounts.MAX + " service accounts. Remove one that is not needed.");
    }
    if (outcome instanceof Outcome.Ended) {
      throw Problem.of(
          ErrorCode.CONFLICT, "This account has come to its end. Remove it, and make another one.");
    }
    throw outcome instanceof Outcome.NameTaken
        ? Problem.of(ErrorCode.CONFLICT, "There is a service account named '" + name + "' already.")
        : Problem.of(
            ErrorCode.CONFLICT, "Somebody has just made a new token for this account. Look again.");
  }

  /** The token before, as long as it is good; the store keeps it for longer. */
  static Optional<Retiring> previous(ServiceAccount account, Instant now) {
    return Optional.ofNullable(account.previous()).filter(old -> old.until().isAfter(now));
  }

  /**
   * Whoever was signed out or demoted while the store was at it must not keep a token that outlives
   * them. Asked when the token is on record and not told yet: a session that is good now was good
   * then, and a token that nobody was told is good for nothing.
   */
  private static void requireStillThere(Exchange exchange, SessionUser who, Runnable undo) {
    if (exchange.auth().now(who).filter(now -> Standing.isSame(who, now)).isEmpty()) {
      undo.run();
      throw Problem.of(ErrorCode.SESSION_EXPIRED, "Your session has ended. Sign in again.");
    }
  }

  /**
   * @throws Problem with 404
   */
  static ServiceAccount find(Exchange exchange, String id) {
    return id(id).flatMap(accounts(exchange)::find).orElseThrow(ServiceWork::notFound);
  }

  /**
   * @throws Problem with 404
   */
  static void delete(Exchange exchange, User by, String id) {
    UUID account = id(id).orElseThrow(ServiceWork::notFound);
    if (!accounts(exchange).delete(by, account, exchange.client())) {
      throw notFound();
    }
  }

  private static Optional<UUID> id(String text) {
    return AccountWork.id(text);
  }

  private static Problem notFound() {
    return Problem.of(ErrorCode.NOT_FOUND, "There is no service account with this id.");
  }
}

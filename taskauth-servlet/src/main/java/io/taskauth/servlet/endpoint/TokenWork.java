package io.taskauth.servlet.endpoint;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Making and revoking tokens, the same for forms and JSON: outcomes become problems here. */
final class TokenWork {
  static final int NAME_LENGTH = 80;
  static final int MAX_DAYS = 3650;

  private TokenWork() {}

  static AccessTokens tokens(Exchange exchange) {
    return exchange.auth().accessTokens().orElseThrow(AccountWork::noStore);
  }

  /**
   * @param days empty for no end
   * @throws Problem with 400, 401, 409 or 429
   */
  static Outcome.Created create(
      Exchange exchange,
      SessionUser user,
      String name,
      OptionalInt days,
      Collection<String> scopes) {
    if (name.isBlank()) {
      throw Problem.field("name", "is missing; say what the token is for.")
          .told("Give the token a name, so that you know it again.");
    }
    Scopes checked = scopes(exchange, scopes);
    Expiry expiry =
        days.isPresent()
            ? Expiry.at(exchange.auth().clock().instant().plus(Duration.ofDays(days.getAsInt())))
            : Expiry.never();
    Outcome outcome =
        tokens(exchange)
            .create(
                user.account(),
                user.session().id(),
                name.strip(),
                checked,
                expiry,
                exchange.client());
    if (outcome instanceof Outcome.Created created) {
      return created;
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter())
          .told("You have made many tokens just now. Wait a while.");
    }
    throw outcome instanceof Outcome.TooMany
        ? Problem.of(
            ErrorCode.CONFLICT,
            "You have " + AccessTokens.MAX_PER_USER + " tokens. Revoke one that you do not need.")
        : Problem.of(ErrorCode.SESSION_EXPIRED, "Your session has ended. Sign in again.");
  }

  private static Scopes scopes(Exchange exchange, Collection<String> names) {
    List<String> known = known(exchange);
    List<String> strangers =
        exchange.settings().tokenScopes().isEmpty()
            ? List.of()
            : names.stream().filter(name -> !known.contains(name)).toList();
    if (!strangers.isEmpty()) {
      throw Problem.field("scopes", "must be among: " + String.join(", ", known) + ".");
    }
    try {
      return Scopes.of(names);
    } catch (IllegalArgumentException e) {
      throw Problem.field(
          "scopes", "must be at most " + Scopes.MAX + " names, each " + Scopes.RULE + ".");
    }
  }

  /** The scopes that are offered. */
  static List<String> known(Exchange exchange) {
    TreeSet<String> host = new TreeSet<>(exchange.settings().tokenScopes());
    host.remove(Scopes.READ);
    host.remove(Scopes.ADMIN);
    List<String> known = new java.util.ArrayList<>(List.of(Scopes.READ, Scopes.ADMIN));
    known.addAll(host);
    return known;
  }

  /**
   * @throws Problem with 404, for another's token too
   */
  static AccessToken find(Exchange exchange, User owner, String id) {
    return TokenId.parse(id)
        .flatMap(tokens(exchange)::find)
        .filter(row -> row.owner().id().equals(owner.id()))
        .orElseThrow(TokenWork::notFound)
        .token();
  }

  /**
   * @throws Problem with 404, for another's token too
   */
  static void revoke(Exchange exchange, User owner, String id) {
    TokenId token = TokenId.parse(id).orElseThrow(TokenWork::notFound);
    if (!tokens(exchange).revoke(owner, token, exchange.client())) {
      throw notFound();
    }
  }

  /**
   * @throws Problem with 404
   */
  static void revokeOfAnybody(Exchange exchange, User by, String id) {
    TokenId token = TokenId.parse(id).orElseThrow(TokenWork::notFound);
    if (!tokens(exchange).revokeOfAnybody(by, token, exchange.client())) {
      throw notFound();
    }
  }

  private static Problem notFound() {
    return Problem.of(ErrorCode.NOT_FOUND, "There is no token with this id.");
  }
}

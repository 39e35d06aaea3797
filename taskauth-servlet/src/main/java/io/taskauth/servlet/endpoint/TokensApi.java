package io.taskauth.servlet.endpoint;

import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.servlet.http.ListQuery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code /api/auth/tokens}: one's own tokens, and everybody's for administrators. */
final class TokensApi {
  private static final String OWN = "/api/auth/tokens";
  private static final String ALL = "/api/auth/admin/tokens";
  private static final int STANDARD_DAYS = 90;
  private static final int PAGE = 50;

  List<Route> routes() {
    return List.of(
        Route.user("GET", OWN, TokensApi::list),
        Route.session("POST", OWN, TokensApi::create),
        Route.user("GET", OWN + "/*", TokensApi::show),
        Route.user("DELETE", OWN + "/*", TokensApi::revoke),
        Route.adminApi("GET", ALL, TokensApi::listAll),
        Route.adminApi("DELETE", ALL + "/*", TokensApi::revokeAny));
  }

  private static void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(
        200, Lists.json(TokenWork.tokens(exchange).ofUser(caller.user().id()), TokenJson::of));
  }

  private static void create(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body = exchange.jsonBody().only("name", "expires_in_days", "scopes");
    OptionalInt days = body.optionalInt("expires_in_days", 1, TokenWork.MAX_DAYS);
    // Left out is the usual end; null is none, and has to be said.
    if (!body.has("expires_in_days")) {
      days = OptionalInt.of(STANDARD_DAYS);
    }
    Outcome.Created made =
        TokenWork.create(
            exchange,
            caller.signedIn(),
            body.text("name", TokenWork.NAME_LENGTH),
            days,
            body.texts("scopes", 64, 64));
    Map<String, @Nullable Object> json = TokenJson.of(made.token());
    json.put("token", made.secret().reveal());
    exchange
        .response()
        .setHeader("Location", exchange.base() + OWN + "/" + made.token().id().value());
    exchange.json(201, json);
  }

  private static void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, TokenJson.of(TokenWork.find(exchange, caller.user(), caller.parameter())));
  }

  private static void revoke(Exchange exchange, Endpoint.Caller caller) throws IOException {
    TokenWork.revoke(exchange, caller.user(), caller.parameter());
    exchange.noContent();
  }

  private static void listAll(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, Lists.json(all(exchange, PAGE), TokenJson::withOwner));
  }

  /** The page of everybody's tokens that the query asks for; for the page too. */
  static Page<StoredToken> all(Exchange exchange, int standardLimit) {
    try {
      return TokenWork.tokens(exchange).newest(ListQuery.page(exchange, standardLimit));
    } catch (BadCursorException e) {
      throw ListQuery.badCursor();
    }
  }

  private static void revokeAny(Exchange exchange, Endpoint.Caller caller) throws IOException {
    TokenWork.revokeOfAnybody(exchange, caller.user(), caller.parameter());
    exchange.noContent();
  }
}

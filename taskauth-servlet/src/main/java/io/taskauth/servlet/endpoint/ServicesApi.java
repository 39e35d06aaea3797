package io.taskauth.servlet.endpoint;

import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccounts.Outcome;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.JsonBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/auth/admin/services}: the accounts of machines. Making a token takes a session: one
 * that a token could make would outlive the token's own revocation.
 */
final class ServicesApi {
  private static final String ALL = "/api/auth/admin/services";

  List<Route> routes() {
    return List.of(
        Route.adminApi("GET", ALL, ServicesApi::list),
        Route.adminSession("POST", ALL, ServicesApi::create),
        Route.adminApi("GET", ALL + "/*", ServicesApi::show),
        Route.adminApi("DELETE", ALL + "/*", ServicesApi::delete),
        Route.adminSession("POST", ALL + "/*/rotate", ServicesApi::rotate));
  }

  private static void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, Lists.json(ServiceWork.accounts(exchange).all(), json(exchange)));
  }

  private static void create(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body = exchange.jsonBody().only("name", "expires_in_days", "scopes");
    OptionalInt days = body.optionalInt("expires_in_days", 1, ServiceWork.MAX_DAYS);
    // Left out is the usual end; null is none, and has to be said.
    if (!body.has("expires_in_days")) {
      days = OptionalInt.of(ServiceWork.STANDARD_DAYS);
    }
    Outcome.Made made =
        ServiceWork.create(
            exchange,
            caller.signedIn(),
            body.text("name", ServiceWork.NAME_LENGTH),
            days,
            body.texts("scopes", 64, 64));
    exchange.response().setHeader("Location", exchange.base() + ALL + "/" + made.account().id());
    exchange.json(201, withToken(exchange, made));
  }

  private static void rotate(Exchange exchange, Endpoint.Caller caller) throws IOException {
    ServiceAccount account = ServiceWork.find(exchange, caller.parameter());
    JsonBody body = exchange.jsonBody().only("overlap_seconds");
    OptionalInt overlap = body.optionalInt("overlap_seconds", 0, ServiceWork.MAX_OVERLAP);
    Duration seconds = Duration.ofSeconds(overlap.orElse(ServiceWork.STANDARD_OVERLAP));
    Outcome.Made made =
        ServiceWork.rotate(exchange, caller.signedIn(), account.id().toString(), seconds);
    exchange.json(200, withToken(exchange, made));
  }

  private static Function<ServiceAccount, Map<String, @Nullable Object>> json(Exchange exchange) {
    Instant now = exchange.auth().clock().instant();
    return account -> ServiceJson.of(account, now);
  }

  private static Map<String, @Nullable Object> withToken(Exchange exchange, Outcome.Made made) {
    Map<String, @Nullable Object> json = json(exchange).apply(made.account());
    json.put("token", made.token().reveal());
    return json;
  }

  private static void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, json(exchange).apply(ServiceWork.find(exchange, caller.parameter())));
  }

  private static void delete(Exchange exchange, Endpoint.Caller caller) throws IOException {
    ServiceWork.delete(exchange, caller.user(), caller.parameter());
    exchange.noContent();
  }
}

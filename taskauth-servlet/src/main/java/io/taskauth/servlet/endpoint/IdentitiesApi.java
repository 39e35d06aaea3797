package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/auth/users/<id>/identities}: which identities at providers sign in to an account.
 * Linking takes a session: what a token linked would outlive the token's own revocation.
 */
final class IdentitiesApi {
  private static final String ALL = "/api/auth/users/*/identities";

  List<Route> routes() {
    return List.of(
        Route.adminApi("GET", ALL, IdentitiesApi::list),
        Route.adminSession("POST", ALL, IdentitiesApi::link),
        Route.adminApi("DELETE", ALL + "/*", IdentitiesApi::unlink));
  }

  private static void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User account = AccountWork.find(exchange, caller.parameter());
    exchange.json(200, Lists.json(IdentityWork.of(exchange, account), IdentitiesApi::json));
  }

  private static void link(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User account = AccountWork.find(exchange, caller.parameter());
    JsonBody body = exchange.jsonBody().only("slot", "subject");
    Identity linked =
        IdentityWork.link(
            exchange,
            caller.user(),
            account,
            body.text("slot", 32),
            body.text("subject", IdentityWork.SUBJECT_LENGTH));
    exchange.json(
        201,
        IdentityWork.of(exchange, account).stream()
            .filter(row -> row.identity().equals(linked))
            .findFirst()
            .map(IdentitiesApi::json)
            .orElseThrow(Routes::nothingHere));
  }

  private static void unlink(Exchange exchange, Endpoint.Caller caller) throws IOException {
    User account = AccountWork.find(exchange, caller.parameters().get(0));
    IdentityWork.unlink(exchange, caller.user(), account, caller.parameters().get(1));
    exchange.noContent();
  }

  private static Map<String, @Nullable Object> json(LinkedIdentity linked) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", IdentityWork.id(linked.identity()));
    json.put("slot", linked.identity().slot());
    json.put("subject", linked.identity().subject());
    json.put("linked_at", Json.instant(linked.linkedAt()));
    return json;
  }
}

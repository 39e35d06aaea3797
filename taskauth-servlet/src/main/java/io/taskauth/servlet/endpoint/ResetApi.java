package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.JsonBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code /api/auth/reset-password}: choosing a password with a link. */
final class ResetApi {
  List<Route> routes() {
    return List.of(Route.open("POST", "/api/auth/reset-password", ResetApi::reset));
  }

  private static void reset(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body = exchange.jsonBody();
    ResetForm.complete(
        exchange,
        body.text("token", ResetForm.TOKEN_LENGTH),
        body.text("new_password", SignIn.PASSWORD_LENGTH));
    exchange.json(200, Map.of("ok", true));
  }
}

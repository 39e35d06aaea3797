package io.taskauth.servlet.endpoint;

import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.session.SessionDirectory.Opened;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/auth}: coming in, going out, and who it is. */
final class SessionApi {
  List<Route> routes() {
    return List.of(
        Route.open("GET", "/api/auth/status", SessionApi::status),
        Route.open("POST", "/api/auth/setup", SessionApi::setup),
        Route.open("POST", "/api/auth/login", SessionApi::login),
        Route.open("POST", "/api/auth/token", SessionApi::token),
        Route.session("POST", "/api/auth/logout", SessionApi::logout),
        Route.anybodyKnown("GET", "/api/auth/whoami", SessionApi::whoami));
  }

  private static void status(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Map<String, @Nullable Object> json = Json.object();
    json.put("auth_enabled", exchange.auth().isEnabled());
    json.put("setup_required", exchange.auth().isSetupRequired());
    json.put("password_enabled", exchange.auth().isPasswordLoginEnabled());
    exchange.json(200, json);
  }

  private static void setup(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body = exchange.jsonBody();
    Opened opened =
        SignIn.setUp(
            exchange,
            body.text("username", SignIn.NAME_LENGTH),
            body.text("password", SignIn.PASSWORD_LENGTH),
            body.optionalText("code", 256).orElse(null));
    SignIn.enter(exchange, opened);
    exchange.json(201, entered(exchange, opened));
  }

  private static void login(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Opened opened = SignIn.signIn(exchange, exchange.jsonBody());
    SignIn.enter(exchange, opened);
    exchange.json(200, entered(exchange, opened));
  }

  private static void token(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body = exchange.jsonBody();
    Opened opened = TokenGrant.of(body).open(exchange, body);
    Map<String, @Nullable Object> json = Json.object();
    json.put("access_token", opened.token().reveal());
    json.put("token_type", "bearer");
    json.put("expires_at", Json.instant(opened.session().expiresAt()));
    json.put("user", UserJson.of(opened.user()));
    exchange.json(200, json);
  }

  private static Map<String, @Nullable Object> entered(Exchange exchange, Opened opened) {
    Map<String, @Nullable Object> session = Json.object();
    session.put("id", opened.session().id().value());
    session.put("expires_at", Json.instant(opened.session().expiresAt()));
    session.put("csrf_token", exchange.auth().csrf().forSession(opened.session().id()));
    Map<String, @Nullable Object> json = Json.object();
    json.put("user", UserJson.of(opened.user()));
    json.put("session", session);
    return json;
  }

  private static void logout(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Map<String, @Nullable Object> json = Json.object();
    json.put("ok", true);
    SignOut.signOut(exchange, caller.signedIn())
        .ifPresent(onward -> json.put("logout_url", onward.address().toString()));
    exchange.json(200, json);
  }

  private static void whoami(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Principal principal = caller.known();
    Map<String, @Nullable Object> json = Json.object();
    json.put("user", principal.user().map(UserJson::of).orElse(null));
    json.put("service", null);
    if (principal instanceof SessionUser in) {
      json.put("via", "session");
      json.put("scopes", List.of());
      if (exchange.credential() instanceof Credential.SessionCookie) {
        json.put("csrf_token", exchange.auth().csrf().forSession(in.session().id()));
      }
      json.put("expires_at", Json.instant(in.session().expiresAt()));
    } else if (principal instanceof TokenUser in) {
      json.put("via", "pat");
      json.put("scopes", in.scopes().names());
      json.put("expires_at", Json.instant(in.token().expiry().instantOrNull()));
    } else if (principal instanceof ServicePrincipal in) {
      json.put("service", service(in.service()));
      json.put("via", "service");
      json.put("scopes", in.scopes().names());
      json.put("expires_at", Json.instant(in.service().expiresAt()));
    }
    exchange.json(200, json);
  }

  private static Map<String, @Nullable Object> service(TokenPrincipal service) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("name", service.principal());
    json.put("provider", service.provider());
    return json;
  }
}

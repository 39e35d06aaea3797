package io.taskauth.servlet.endpoint;

import io.taskauth.audit.AuditType;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.JsonBody;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/auth}: one's own password and sessions. */
final class AccountApi {
  List<Route> routes() {
    return List.of(
        Route.session("POST", "/api/auth/change-password", AccountApi::changePassword),
        Route.session("GET", "/api/auth/sessions", AccountApi::sessions),
        Route.session("DELETE", "/api/auth/sessions", AccountApi::endOthers),
        Route.session("DELETE", "/api/auth/sessions/*", AccountApi::endOne));
  }

  private static void changePassword(Exchange exchange, Endpoint.Caller caller) throws IOException {
    JsonBody body = exchange.jsonBody();
    int ended =
        PasswordForm.change(
            exchange,
            caller.signedIn(),
            body.text("old_password", SignIn.PASSWORD_LENGTH),
            body.text("new_password", SignIn.PASSWORD_LENGTH));
    Map<String, @Nullable Object> json = Json.object();
    json.put("ok", true);
    json.put("sessions_revoked", ended);
    exchange.json(200, json);
  }

  private static void sessions(Exchange exchange, Endpoint.Caller caller) throws IOException {
    SessionUser user = caller.signedIn();
    exchange.json(
        200,
        Lists.json(
            exchange.auth().sessions().ofUser(user.account().id(), user.session()),
            session -> json(session, user.session().id())));
  }

  private static Map<String, @Nullable Object> json(Session session, SessionId current) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", session.id().value());
    json.put("created_at", Json.instant(session.createdAt()));
    json.put("last_seen_at", Json.instant(session.lastSeenAt()));
    json.put("expires_at", Json.instant(session.expiresAt()));
    json.put("ip", session.ip());
    json.put("user_agent", session.userAgent());
    json.put("current", session.id().equals(current));
    return json;
  }

  private static void endOthers(Exchange exchange, Endpoint.Caller caller) throws IOException {
    int ended = endOthers(exchange, caller.signedIn());
    Map<String, @Nullable Object> json = Json.object();
    json.put("ok", true);
    json.put("sessions_revoked", ended);
    exchange.json(200, json);
  }

  private static void endOne(Exchange exchange, Endpoint.Caller caller) throws IOException {
    if (!endOne(exchange, caller.signedIn(), caller.parameter())) {
      throw Routes.nothingHere();
    }
    exchange.json(200, Map.of("ok", true));
  }

  /** Ends all other sessions of the user; for the page too. */
  static int endOthers(Exchange exchange, SessionUser user) {
    int ended = exchange.auth().sessions().endAll(user.account().id(), user.session().id());
    // Without a store nobody counts them.
    if (ended > 0 || exchange.auth().userAdministration().isEmpty()) {
      exchange
          .auth()
          .audit()
          .of(
              AuditType.SESSION_REVOKED,
              user.account(),
              exchange.client(),
              Map.of("sessions", String.valueOf(ended)));
    }
    return ended;
  }

  /** Without a store nobody else knows whose a session is, so only known ones may be ended. */
  private static boolean isOwn(Exchange exchange, SessionUser user, SessionId session) {
    return exchange.auth().sessions().ofUser(user.account().id(), user.session()).stream()
        .anyMatch(known -> known.id().equals(session));
  }

  /** Ends one session of the user, if it is one; for the page too. */
  static boolean endOne(Exchange exchange, SessionUser user, String id) {
    Optional<SessionId> session = SessionId.parse(id);
    boolean ended =
        session.isPresent()
            && isOwn(exchange, user, session.get())
            && exchange.auth().sessions().end(user.account().id(), session.get());
    if (ended) {
      exchange
          .auth()
          .audit()
          .of(AuditType.SESSION_REVOKED, user.account(), id, exchange.client(), Map.of());
      if (session.get().equals(user.session().id())) {
        exchange.clearSessionCookies();
      }
    }
    return ended;
  }
}

package io.taskauth.servlet;

import io.taskauth.access.TokenRoute;
import io.taskauth.audit.AuditType;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import java.util.List;
import java.util.Map;

/**
 * The doors of WebSockets. A browser opens one for whatever page asks, sends the cookies along, and
 * lets no script set a header: so a cookie opens nothing here, but a ticket does, or the credential
 * that only children of this process have (OWASP ASVS 5.0, V4.4).
 */
final class SocketGate {
  private SocketGate() {}

  /** Whether the path is one of a WebSocket. */
  static boolean isOne(Exchange exchange) {
    return exchange.settings().machines().webSockets().stream()
        .anyMatch(door -> isAt(door, exchange));
  }

  private static boolean isAt(TokenRoute door, Exchange exchange) {
    return door.isAt(exchange.path().segments()) || door.isAt(exchange.path().dispatched());
  }

  /**
   * Who opens this one.
   *
   * @throws Problem where it is refused
   */
  static Principal admit(Exchange exchange) {
    if (!exchange.request().getMethod().equals("GET")) {
      throw Problem.methodNotAllowed(List.of("GET"));
    }
    if (!exchange.isUpgrade()) {
      throw Problem.of(
          ErrorCode.INVALID_REQUEST, "This address is for WebSockets: send Upgrade: websocket.");
    }
    Credential credential = exchange.credential();
    boolean byHeader =
        !(credential instanceof Credential.None)
            && !(credential instanceof Credential.SessionCookie);
    return byHeader ? child(exchange, credential) : ticketHolder(exchange);
  }

  private static Principal child(Exchange exchange, Credential credential) {
    if (credential instanceof Credential.Bearer bearer
        && exchange.auth().internalCredential().isOne(bearer.token())) {
      return ServicePrincipal.childProcess();
    }
    exchange
        .auth()
        .audit()
        .of(
            AuditType.TOKEN_AUTH_FAILURE,
            (String) null,
            exchange.client(),
            Map.of("reason", "internal_credential_unknown"));
    throw Problem.of(
            ErrorCode.INVALID_TOKEN,
            "Open this with a ticket from POST /api/auth/ws-ticket, not with a token.")
        .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  private static Principal ticketHolder(Exchange exchange) {
    List<String> tickets = exchange.tickets();
    if (tickets.isEmpty()) {
      throw Problem.of(
              ErrorCode.NOT_AUTHENTICATED, "Open this with a ticket from POST /api/auth/ws-ticket.")
          .header("WWW-Authenticate", "Bearer");
    }
    if (tickets.size() > 1) {
      // Whoever looks at one of them and whoever logs the other would not mean the same.
      throw Problem.of(ErrorCode.INVALID_REQUEST, "Send one ticket, in one place.");
    }
    return exchange
        .auth()
        .webSocketTickets()
        .take(tickets.get(0), exchange.client())
        .orElseThrow(
            () ->
                Problem.of(
                        ErrorCode.INVALID_TOKEN,
                        "The ticket is not good, or no longer. Ask for another one.")
                    .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }
}

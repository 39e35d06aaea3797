package io.taskauth.servlet.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The opening handshake of a WebSocket (RFC 6455, section 4), as far as it concerns us. */
public final class Handshake {
  /** Beside it, a ticket can be a subprotocol: browsers can set no other header there. */
  public static final String TICKET_PROTOCOL = "taskauth.ticket.";

  /** The name of the query's parameter that can carry a ticket. */
  public static final String TICKET_PARAMETER = "ticket";

  public static final String PROTOCOLS = "Sec-WebSocket-Protocol";

  private Handshake() {}

  static boolean isUpgrade(HttpServletRequest request) {
    return values(request, "Upgrade").anyMatch(name -> name.equalsIgnoreCase("websocket"));
  }

  static List<String> tickets(HttpServletRequest request) {
    List<String> tickets = new ArrayList<>();
    try {
      String[] inQuery = request.getParameterValues(TICKET_PARAMETER);
      tickets.addAll(inQuery == null ? List.of() : List.of(inQuery));
    } catch (RuntimeException e) {
      // Containers throw what they like.
      throw Problem.of(ErrorCode.INVALID_REQUEST, "The query of the URL is malformed.");
    }
    values(request, PROTOCOLS)
        .filter(Handshake::isTicket)
        .map(protocol -> protocol.substring(TICKET_PROTOCOL.length()))
        .forEach(tickets::add);
    return tickets;
  }

  /** Whether a subprotocol is a ticket, which nobody may be answered. */
  public static boolean isTicket(String protocol) {
    return protocol.toLowerCase(Locale.ROOT).startsWith(TICKET_PROTOCOL);
  }

  private static Stream<String> values(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header)).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip);
  }
}

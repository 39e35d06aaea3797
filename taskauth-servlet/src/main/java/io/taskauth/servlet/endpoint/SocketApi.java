package io.taskauth.servlet.endpoint;

import io.taskauth.live.WebSocketTicket;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/auth/ws-ticket}: what opens a WebSocket. Never by GET, which anybody can cause. */
final class SocketApi {
  List<Route> routes() {
    return List.of(Route.user("POST", "/api/auth/ws-ticket", SocketApi::ticket));
  }

  private static void ticket(Exchange exchange, Endpoint.Caller caller) throws IOException {
    WebSocketTicket ticket =
        exchange.auth().webSocketTickets().issue(caller.userPrincipal(), exchange.client());
    Map<String, @Nullable Object> json = Json.object();
    json.put("ticket", ticket.reveal());
    json.put("ttl_seconds", WebSocketTicket.LIFE.toSeconds());
    exchange.json(200, json);
  }
}

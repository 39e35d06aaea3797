package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

/** Knocking at the door of a WebSocket, and the tickets that open it. */
final class Door {
  private Door() {}

  /** The opening handshake, as a browser sends it but for the origin. */
  static Call ws(Site site, String pathAndQuery) {
    return upgrade(site.get(pathAndQuery));
  }

  static Call upgrade(Call call) {
    return call.header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }

  static Call withTicket(Site site, String ticket) {
    return ws(site, "/ws?ticket=" + ticket);
  }

  /** A new ticket of somebody who is known to the site. */
  static String ticket(Site site, String name) {
    return ticket(site, site.known(name));
  }

  static String ticket(Site site, SignedIn who) {
    return ticketOf(site.post("/api/auth/ws-ticket").meantBy(who).send());
  }

  static String ticketByToken(Site site, MadeToken token) {
    return ticketOf(site.post("/api/auth/ws-ticket").bearer(token.secret()).send());
  }

  private static String ticketOf(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json().get("ticket").asString();
  }
}

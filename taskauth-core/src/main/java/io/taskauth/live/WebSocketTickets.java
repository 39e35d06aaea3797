package io.taskauth.live;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.principal.Standing;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.StoredSessions;
import io.taskauth.ticket.OneTimeSecretStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Single-use tickets for WebSockets (OWASP ASVS 5.0, V4.4.3): bound to the session or personal
 * access token that asked, and dead with it. The store has their hashes. Threads may share it.
 */
public final class WebSocketTickets {
  private final TicketBox box;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  private WebSocketTickets(TicketBox box, Ids ids, InstantSource clock, AuditTrail audit) {
    this.box = box;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /** Tickets that any node of the store can take. */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public static WebSocketTickets stored(
      OneTimeSecretStore secrets,
      StoredSessions sessions,
      AccessTokens accessTokens,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    return new WebSocketTickets(
        new StoredTickets(secrets, sessions, accessTokens), ids, clock, audit);
  }

  /** Tickets of this process, where there is no store. */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public static WebSocketTickets local(
      Standing standing, Ids ids, InstantSource clock, AuditTrail audit) {
    return new WebSocketTickets(new LocalTickets(standing), ids, clock, audit);
  }

  /**
   * Makes one.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public WebSocketTicket issue(UserPrincipal owner, ClientInfo client) {
    String text = ids.secret256();
    Instant end = clock.instant().plus(WebSocketTicket.LIFE).truncatedTo(ChronoUnit.MILLIS);
    box.put(Hashes.sha256Hex(text), owner, end);
    audit.of(AuditType.WS_TICKET_ISSUED, owner.account(), client, Map.of());
    return new WebSocketTicket(text);
  }

  /**
   * Takes one: of any number of callers, on whatever node, exactly one gets its owner.
   *
   * @return the owner as they are now; empty where it is no ticket, unknown, taken, past its end,
   *     or its owner's session, token or account has ended
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Optional<Principal> take(String presented, ClientInfo client) {
    Optional<Principal> owner =
        WebSocketTicket.isOne(presented)
            ? box.take(Hashes.sha256Hex(presented), clock.instant())
            : Optional.empty();
    if (owner.isEmpty()) {
      audit.of(AuditType.WS_TICKET_REFUSED, (String) null, client, Map.of());
    }
    return owner;
  }
}

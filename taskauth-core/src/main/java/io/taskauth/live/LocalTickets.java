package io.taskauth.live;

import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.principal.Standing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tickets of a host without a store, whose sessions are good in this process only anyhow. */
final class LocalTickets implements TicketBox {
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Standing standing;

  private record Waiting(UserPrincipal owner, Instant expiresAt) {}

  LocalTickets(Standing standing) {
    this.standing = standing;
  }

  @Override
  public void put(String hash, UserPrincipal owner, Instant expiresAt) {
    Instant now = expiresAt.minus(WebSocketTicket.LIFE);
    waiting.values().removeIf(ticket -> !ticket.expiresAt().isAfter(now));
    waiting.put(hash, new Waiting(owner, expiresAt));
  }

  @Override
  public Optional<Principal> take(String hash, Instant now) {
    return Optional.ofNullable(waiting.remove(hash))
        .filter(ticket -> ticket.expiresAt().isAfter(now))
        .flatMap(ticket -> standing.now(ticket.owner()));
  }
}

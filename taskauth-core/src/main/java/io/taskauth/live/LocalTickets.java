package io.taskauth.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.principal.Standing;
import java.time.Instant;
import java.util.Optional;

/** The tickets of a host without a store, whose sessions are good in this process only anyhow. */
final class LocalTickets implements TicketBox {
  /** Beyond it the oldest are lost: somebody asks for tickets and takes none. */
  private static final int MAX_WAITING = 10_000;

  private final Cache<String, Waiting> waiting =
      Caffeine.newBuilder()
          .maximumSize(MAX_WAITING)
          .expireAfterWrite(WebSocketTicket.LIFE.multipliedBy(2))
          .build();

  private final Standing standing;

  private record Waiting(UserPrincipal owner, Instant expiresAt) {}

  LocalTickets(Standing standing) {
    this.standing = standing;
  }

  @Override
  public void put(String hash, UserPrincipal owner, Instant expiresAt) {
    waiting.put(hash, new Waiting(owner, expiresAt));
  }

  @Override
  public Optional<Principal> take(String hash, Instant now) {
    return Optional.ofNullable(waiting.asMap().remove(hash))
        .filter(ticket -> ticket.expiresAt().isAfter(now))
        .flatMap(ticket -> standing.now(ticket.owner()));
  }
}

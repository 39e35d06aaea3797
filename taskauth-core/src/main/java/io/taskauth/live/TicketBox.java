package io.taskauth.live;

import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.UserPrincipal;
import java.time.Instant;
import java.util.Optional;

/** Where tickets wait to be taken, by their hashes. */
interface TicketBox {
  void put(String hash, UserPrincipal owner, Instant expiresAt);

  /**
   * Takes one: of any number of callers exactly one gets it.
   *
   * @return whose it is, as they are now; empty where there is none, or its owner's session, token
   *     or account has ended
   */
  Optional<Principal> take(String hash, Instant now);
}

package io.taskauth.live;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.session.SessionId;
import io.taskauth.session.StoredSessions;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Tickets in the store, so that any node can take one. */
final class StoredTickets implements TicketBox {
  private static final String PURPOSE = "ws-ticket";
  private static final String SESSION = "session";
  private static final String TOKEN = "pat ";

  private final OneTimeSecretStore secrets;
  private final StoredSessions sessions;
  private final AccessTokens accessTokens;

  StoredTickets(OneTimeSecretStore secrets, StoredSessions sessions, AccessTokens accessTokens) {
    this.secrets = secrets;
    this.sessions = sessions;
    this.accessTokens = accessTokens;
  }

  @Override
  public void put(String hash, UserPrincipal owner, Instant expiresAt) {
    UUID user = owner.account().id();
    secrets.put(
        owner instanceof SessionUser in
            ? new OneTimeSecret(hash, PURPOSE, user, in.session().id().value(), SESSION, expiresAt)
            : new OneTimeSecret(hash, PURPOSE, user, null, payload(owner), expiresAt));
  }

  private static String payload(UserPrincipal owner) {
    return owner instanceof TokenUser by ? TOKEN + by.token().id() : "";
  }

  @Override
  public Optional<Principal> take(String hash, Instant now) {
    return secrets.take(hash, PURPOSE, now).flatMap(secret -> owner(secret, now));
  }

  /** Looked up after the ticket was taken: what ended before this instant opens nothing. */
  private Optional<Principal> owner(OneTimeSecret secret, Instant now) {
    UUID user = secret.userId();
    if (user == null) {
      return Optional.empty();
    }
    return secret.sessionId() == null
        ? ofToken(user, secret.payload(), now)
        : ofSession(user, secret.sessionId());
  }

  private Optional<Principal> ofSession(UUID user, String session) {
    return SessionId.parse(session)
        .flatMap(id -> sessions.find(user, id))
        .filter(found -> found.user().active())
        .map(found -> new SessionUser(found.user(), found.session().ofRequest(found.user())));
  }

  private Optional<Principal> ofToken(UUID user, String payload, Instant now) {
    return Optional.of(payload)
        .filter(text -> text.startsWith(TOKEN))
        .flatMap(text -> TokenId.parse(text.substring(TOKEN.length())))
        .flatMap(id -> accessTokens.again(user, id, now))
        .map(row -> new TokenUser(row.owner(), row.token()));
  }
}

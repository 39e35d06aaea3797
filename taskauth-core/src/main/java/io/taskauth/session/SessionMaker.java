package io.taskauth.session;

import io.taskauth.internal.Ids;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import io.taskauth.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes sessions and the tokens that prove them. Threads may share it. */
public final class SessionMaker {
  private final Ids ids;
  private final InstantSource clock;
  private final SignedTokens tokens;
  private final SessionLifetime lifetime;

  @SuppressWarnings("exports") // For taskauth's own modules.
  public SessionMaker(Ids ids, InstantSource clock, SignedTokens tokens, SessionLifetime lifetime) {
    this.ids = ids;
    this.clock = clock;
    this.tokens = tokens;
    this.lifetime = lifetime;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  SessionLifetime lifetime() {
    return lifetime;
  }

  Session make(User user, ClientInfo client) {
    Instant now = now();
    // Whole seconds, because that is what a token can say: both ends must be the same.
    Instant end = now.plus(lifetime.absolute()).truncatedTo(ChronoUnit.SECONDS);
    return new Session(
        SessionId.random(ids), user.id(), now, now, end, client.ip(), client.userAgent());
  }

  SessionToken token(Session session, Map<String, String> account) {
    return new SessionToken(
        tokens.sign(
            new TokenClaims(
                TokenType.SESSION,
                session.userId().toString(),
                session.id().value(),
                session.createdAt(),
                session.expiresAt(),
                account)));
  }
}

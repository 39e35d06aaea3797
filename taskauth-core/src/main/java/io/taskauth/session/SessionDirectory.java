package io.taskauth.session;

import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.token.TokenClaims;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens, finds and ends sessions, whether or not there is a store. Threads may share it. */
public sealed interface SessionDirectory permits StatelessSessions, StoredSessions {
  /**
   * A session just opened.
   *
   * @param token what proves it, shown this once
   */
  record Opened(Session session, User user, SessionToken token) {}

  /**
   * Opens a session with a new id.
   *
   * @param credentialEpoch the epoch of the account at which the password was checked
   * @return empty where the account has changed meanwhile so that the sign-in must not count
   */
  Optional<Opened> open(User user, long credentialEpoch, ClientInfo client);

  /**
   * Opens a session for whom an identity provider vouches; as {@link #open(User, long,
   * ClientInfo)}.
   */
  Optional<Opened> open(
      User user, long credentialEpoch, ProviderSession through, ClientInfo client);

  /**
   * The session of a token whose signature holds; empty where it has ended. At most one round trip.
   */
  Optional<SessionOfUser> find(TokenClaims claims);

  /**
   * The same session and its user as they are now; empty where it has ended. At most one round
   * trip.
   */
  Optional<SessionOfUser> again(User user, Session session);

  /** The running sessions of a user that are known, newest first; at least {@code current}. */
  List<Session> ofUser(UUID userId, Session current);

  /** Ends a session of this user; false where the user has no such session. */
  boolean end(UUID userId, SessionId id);

  /** Ends all sessions of a user but {@code except}; how many ended, 0 where nobody counts. */
  int endAll(UUID userId, @Nullable SessionId except);

  /** Notes that a session is in use. Costs nothing on the way. */
  void seen(Session session, Instant now);

  /** When the session was last used, as far as this process knows. */
  Instant lastSeen(Session session);
}

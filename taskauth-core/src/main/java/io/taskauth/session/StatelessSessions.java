package io.taskauth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.token.TokenClaims;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of a host without a store: the signed token is the only record, so it also says who the
 * account is. A signature and an end are all there is to check; a logout is remembered by this
 * process until the token ends by itself. What a backend can look up (its role, whether it is still
 * there) is looked up, the rest is as it was at sign-in.
 */
public final class StatelessSessions implements SessionDirectory {
  private static final int MAX_ENDED = 100_000;

  private final SessionMaker maker;
  private final UnaryOperator<Optional<User>> standing;
  private final BiConsumer<UUID, @Nullable SessionId> whenEnded;
  private final Cache<Ended, Boolean> ended;
  private final Cache<SessionId, Instant> lastSeen;
  private final Cache<UUID, AllEnded> allEnded;

  /** With its user: nobody can end a session that is not their own by knowing its id. */
  private record Ended(UUID userId, SessionId session) {}

  /** All sessions of a user up to that second ended, but one. */
  private record AllEnded(Instant at, @Nullable SessionId except) {
    boolean covers(Session session) {
      return !session.createdAt().isAfter(at) && !session.id().equals(except);
    }
  }

  /**
   * @param standing what the backends say of an account now; empty where it is there no more
   * @param whenEnded is told whose session was ended, and which; null for all of them
   */
  public StatelessSessions(
      SessionMaker maker,
      UnaryOperator<Optional<User>> standing,
      BiConsumer<UUID, @Nullable SessionId> whenEnded) {
    this.maker = maker;
    this.standing = standing;
    this.whenEnded = whenEnded;
    Duration life = maker.lifetime().absolute();
    this.ended = Caffeine.newBuilder().maximumSize(MAX_ENDED).expireAfterWrite(life).build();
    this.lastSeen = Caffeine.newBuilder().maximumSize(MAX_ENDED).expireAfterWrite(life).build();
    this.allEnded = Caffeine.newBuilder().maximumSize(MAX_ENDED).expireAfterWrite(life).build();
  }

  @Override
  public Optional<Opened> open(User user, long credentialEpoch, ClientInfo client) {
    Session session = maker.make(user, client);
    return Optional.of(new Opened(session, user, maker.token(session, describe(user))));
  }

  /** Identities are kept in a store, so that nobody gets here without one. */
  @Override
  public Optional<Opened> open(
      User user, long credentialEpoch, ProviderSession through, ClientInfo client) {
    throw new UnsupportedOperationException("identity providers take a store");
  }

  @Override
  public Optional<SessionOfUser> find(TokenClaims claims) {
    Optional<SessionId> id = SessionId.parse(claims.id());
    Optional<User> user = standing.apply(account(claims));
    if (id.isEmpty() || user.isEmpty() || claims.expiresAt() == null) {
      return Optional.empty();
    }
    Session session =
        new Session(
            id.get(),
            user.get().id(),
            claims.issuedAt(),
            claims.issuedAt(),
            claims.expiresAt(),
            null,
            null);
    return isOver(session) ? Optional.empty() : Optional.of(new SessionOfUser(session, user.get()));
  }

  private boolean isOver(Session session) {
    AllEnded all = allEnded.getIfPresent(session.userId());
    return ended.getIfPresent(new Ended(session.userId(), session.id())) != null
        || (all != null && all.covers(session))
        || !session.expiresAt().isAfter(maker.now())
        || maker.lifetime().isIdle(lastSeen(session), maker.now());
  }

  @Override
  public Optional<SessionOfUser> again(User user, Session session) {
    return isOver(session)
        ? Optional.empty()
        : standing.apply(Optional.of(user)).map(now -> new SessionOfUser(session, now));
  }

  @Override
  public List<Session> ofUser(UUID userId, Session current) {
    return List.of(current.withLastSeenAt(lastSeen(current)));
  }

  @Override
  public boolean end(UUID userId, SessionId id) {
    ended.put(new Ended(userId, id), true);
    whenEnded.accept(userId, id);
    return true;
  }

  @Override
  public int endAll(UUID userId, @Nullable SessionId except) {
    allEnded.put(userId, new AllEnded(maker.now(), except));
    whenEnded.accept(userId, null);
    return 0;
  }

  @Override
  public void seen(Session session, Instant now) {
    if (maker.lifetime().idleLimit().isPresent()) {
      lastSeen.put(session.id(), now);
    }
  }

  @Override
  public Instant lastSeen(Session session) {
    Instant noted = lastSeen.getIfPresent(session.id());
    return noted == null ? session.lastSeenAt() : noted;
  }

  private static Map<String, String> describe(User user) {
    Map<String, String> account = new HashMap<>();
    account.put("username", user.username().value());
    account.put("role", user.role().name());
    account.put("origin", user.origin().value());
    if (user.email() != null) {
      account.put("email", user.email().value());
    }
    if (user.displayName() != null) {
      account.put("display_name", user.displayName());
    }
    return account;
  }

  /** Only signed text gets here, but perhaps text that an older version of us signed. */
  private static Optional<User> account(TokenClaims claims) {
    Map<String, String> account = claims.account();
    try {
      User user =
          User.created(
              UUID.fromString(claims.subject()),
              new Username(account.getOrDefault("username", "")),
              new Role(account.getOrDefault("role", "")),
              new Origin(account.getOrDefault("origin", "")),
              claims.issuedAt());
      return Optional.of(
          user.withEmail(EmailAddress.parse(account.get("email")).orElse(null))
              .withDisplayName(account.get("display_name")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

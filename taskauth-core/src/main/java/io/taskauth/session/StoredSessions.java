package io.taskauth.session;

import io.taskauth.internal.Slices;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.token.TokenClaims;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sessions with a row in the store: the row decides, the token only finds it. */
public final class StoredSessions implements SessionDirectory {
  /** More would be a script that signs in for every call instead of using a token. */
  public static final int MAX_PER_USER = 100;

  private static final Duration RESOLUTION = Duration.ofMinutes(1);

  private final SessionStore store;
  private final SessionMaker maker;
  private final Map<SessionId, Session> unwritten = new ConcurrentHashMap<>();

  public StoredSessions(SessionStore store, SessionMaker maker) {
    this.store = store;
    this.maker = maker;
  }

  @Override
  public Optional<Opened> open(User user, long credentialEpoch, ClientInfo client) {
    return open(user, credentialEpoch, maker.make(user, client));
  }

  @Override
  public Optional<Opened> open(
      User user, long credentialEpoch, ProviderSession through, ClientInfo client) {
    return open(user, credentialEpoch, maker.make(user, client).through(through));
  }

  /**
   * Opens a session for a program that whoever has this one let in. It ends when this one would
   * have, and when its identity provider says so: letting in a program is not signing in again, and
   * must not make a sign-in last longer.
   *
   * @param credentialEpoch the epoch of the account at which the person said yes
   * @return empty where the account has changed meanwhile
   */
  public Optional<Opened> openBeside(
      SessionOfUser browser, long credentialEpoch, ClientInfo client) {
    Session own =
        maker
            .make(browser.user(), client)
            .through(browser.session().through())
            .endingBy(browser.session().expiresAt());
    Optional<Opened> opened = open(browser.user(), credentialEpoch, own);
    // Looked at once more: whoever ended all sessions a moment ago could not see this one.
    if (opened.isPresent() && find(own.userId(), browser.session().id()).isEmpty()) {
      boolean unused = end(own.userId(), own.id());
      return Optional.empty();
    }
    return opened;
  }

  private Optional<Opened> open(User user, long credentialEpoch, Session session) {
    return store.open(session, credentialEpoch, MAX_PER_USER)
        ? Optional.of(
            new Opened(
                session, user.withLastLoginAt(session.createdAt()), maker.token(session, Map.of())))
        : Optional.empty();
  }

  @Override
  public Optional<SessionOfUser> find(TokenClaims claims) {
    return claims
        .subjectId()
        .flatMap(user -> SessionId.parse(claims.id()).flatMap(id -> find(user, id)));
  }

  @Override
  public Optional<SessionOfUser> again(User user, Session session) {
    return find(user.id(), session.id());
  }

  /** The session of that id if it is this user's and running. One round trip. */
  public Optional<SessionOfUser> find(UUID userId, SessionId id) {
    Instant now = maker.now();
    return store
        .find(userId, id)
        .filter(found -> found.session().expiresAt().isAfter(now))
        .filter(found -> !maker.lifetime().isIdle(lastSeen(found.session()), now));
  }

  @Override
  public List<Session> ofUser(UUID userId, Session current) {
    Instant now = maker.now();
    return store.ofUser(userId, now).stream()
        .map(session -> session.withLastSeenAt(lastSeen(session)))
        .filter(session -> !maker.lifetime().isIdle(session.lastSeenAt(), now))
        .toList();
  }

  @Override
  public boolean end(UUID userId, SessionId id) {
    return store.end(userId, id);
  }

  @Override
  public int endAll(UUID userId, @Nullable SessionId except) {
    return store.endAll(userId, except);
  }

  @Override
  public void seen(Session session, Instant now) {
    if (now.toEpochMilli() - lastSeen(session).toEpochMilli() >= RESOLUTION.toMillis()) {
      unwritten.put(session.id(), session.withLastSeenAt(now));
    }
  }

  @Override
  public Instant lastSeen(Session session) {
    Session noted = unwritten.get(session.id());
    return noted != null && noted.lastSeenAt().isAfter(session.lastSeenAt())
        ? noted.lastSeenAt()
        : session.lastSeenAt();
  }

  /** Writes down what {@link #seen} noted; off the request's way, many at once. */
  public void flush() {
    // In slices: one step of all of them might never be done in the time that a step has.
    Slices.of(
        unwritten,
        slice -> {
          store.seen(slice.values());
          slice.forEach(unwritten::remove);
        });
  }
}

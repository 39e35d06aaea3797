package io.taskauth.store;

import io.taskauth.password.PasswordHash;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore;
import io.taskauth.user.StoredUser;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class InMemorySessions implements SessionStore {
  private final InMemoryTables tables;
  private final LocalChangeFeed feed;

  InMemorySessions(InMemoryTables tables, LocalChangeFeed feed) {
    this.tables = tables;
    this.feed = feed;
  }

  @Override
  public boolean open(Session session, long credentialEpoch, int atMost) {
    Optional<List<SessionId>> ended =
        tables.atomically(() -> openAndEndOldest(session, credentialEpoch, atMost));
    ended.ifPresent(
        ids -> ids.forEach(id -> feed.publish(new Change.OfSession(session.userId(), id))));
    return ended.isPresent();
  }

  private Optional<List<SessionId>> openAndEndOldest(
      Session session, long credentialEpoch, int atMost) {
    StoredUser row = tables.users.get(session.userId());
    if (row == null || !row.user().active() || row.credentialEpoch() != credentialEpoch) {
      return Optional.empty();
    }
    tables.put(
        new StoredUser(
            row.user().withLastLoginAt(session.createdAt()),
            row.passwordHash(),
            row.credentialEpoch()));
    List<SessionId> ended = tables.endOldestSessions(session.userId(), atMost - 1);
    tables.sessions.put(session.id(), session);
    return Optional.of(ended);
  }

  @Override
  public Optional<SessionOfUser> find(UUID userId, SessionId id) {
    return tables.atomically(
        () -> {
          Session session = tables.sessions.get(id);
          StoredUser row = tables.users.get(userId);
          return session == null || row == null || !session.userId().equals(userId)
              ? Optional.empty()
              : Optional.of(new SessionOfUser(session, row.user()));
        });
  }

  @Override
  public List<Session> ofUser(UUID userId, Instant now) {
    return tables.atomically(
        () ->
            tables.sessions.values().stream()
                .filter(s -> s.userId().equals(userId) && s.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Session::createdAt).reversed())
                .toList());
  }

  @Override
  public boolean end(UUID userId, SessionId id) {
    boolean ended =
        tables.atomically(
            () -> {
              Session session = tables.sessions.get(id);
              return session != null && session.userId().equals(userId) && tables.endSession(id);
            });
    if (ended) {
      feed.publish(new Change.OfSession(userId, id));
    }
    return ended;
  }

  @Override
  public int endAll(UUID userId, @Nullable SessionId except) {
    int ended = tables.atomically(() -> tables.endSessions(userId, except));
    feed.publish(new Change.OfUser(userId));
    return ended;
  }

  @Override
  public int endThrough(ProviderLogout logout) {
    List<Session> ended =
        tables.atomically(() -> tables.endSessions(s -> logout.covers(s.through())));
    ended.forEach(s -> feed.publish(new Change.OfSession(s.userId(), s.id())));
    return ended.size();
  }

  @Override
  public void seen(Collection<Session> sessions) {
    tables.atomically(
        () -> {
          sessions.forEach(
              seen -> tables.sessions.computeIfPresent(seen.id(), (same, s) -> later(s, seen)));
          return sessions.size();
        });
  }

  private static Session later(Session known, Session seen) {
    Instant when = seen.lastSeenAt();
    return when.isAfter(known.lastSeenAt()) ? known.withLastSeenAt(when) : known;
  }

  @Override
  public Optional<Integer> changePassword(
      UUID userId, OptionalLong expectedEpoch, PasswordHash next, @Nullable SessionId keep) {
    Optional<Integer> ended =
        tables.atomically(
            () -> {
              StoredUser row = tables.users.get(userId);
              if (row == null
                  || (expectedEpoch.isPresent()
                      && expectedEpoch.getAsLong() != row.credentialEpoch())) {
                return Optional.empty();
              }
              tables.put(new StoredUser(row.user(), next, row.credentialEpoch() + 1));
              tables.endSecrets(userId);
              return Optional.of(tables.endSessions(userId, keep));
            });
    if (ended.isPresent()) {
      feed.publish(new Change.OfUser(userId));
    }
    return ended;
  }

  @Override
  public long running(Instant now) {
    return tables.atomically(
        () -> tables.sessions.values().stream().filter(s -> s.expiresAt().isAfter(now)).count());
  }

  @Override
  public int sweep(Instant now, int limit) {
    return tables.atomically(
        () -> {
          List<SessionId> past =
              tables.sessions.values().stream()
                  .filter(s -> !s.expiresAt().isAfter(now))
                  .limit(limit)
                  .map(Session::id)
                  .toList();
          past.forEach(tables::endSession);
          return past.size();
        });
  }
}

package io.taskauth.store;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.service.ServiceAccount;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows that belong together, behind one lock: one step at a time is what makes it atomic. */
final class InMemoryTables {
  final Map<UUID, StoredUser> users = new LinkedHashMap<>();
  final NavigableMap<String, UUID> logins = new TreeMap<>();
  final Map<SessionId, Session> sessions = new HashMap<>();
  final Map<String, OneTimeSecret> secrets = new HashMap<>();
  final Map<TokenId, TokenRow> tokens = new HashMap<>();
  final Map<UUID, ServiceAccount> services = new HashMap<>();

  /** In the order in which they were linked. */
  final Map<Identity, LinkedIdentity> identities = new LinkedHashMap<>();

  /** The order in which accounts and tokens were made, for lists with the newest first. */
  final NavigableMap<Long, UUID> usersInOrder = new TreeMap<>();

  final NavigableMap<Long, TokenId> tokensInOrder = new TreeMap<>();

  record TokenRow(AccessToken token, String hash, long number) {}

  private final ReentrantLock lock = new ReentrantLock();
  private long nextNumber = 1;

  <T> T atomically(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody but the user of that id has the key. */
  boolean isTaken(LoginKey key, UUID byOther) {
    UUID holder = logins.get(key.value());
    return holder != null && !holder.equals(byOther);
  }

  void put(StoredUser row) {
    User user = row.user();
    forgetLogins(users.get(user.id()));
    if (!users.containsKey(user.id())) {
      usersInOrder.put(nextNumber++, user.id());
    }
    logins.put(user.username().key().value(), user.id());
    if (user.email() != null) {
      logins.put(user.email().key().value(), user.id());
    }
    users.put(user.id(), row);
  }

  void remove(UUID id) {
    forgetLogins(users.remove(id));
    usersInOrder.values().remove(id);
    identities.values().removeIf(linked -> linked.userId().equals(id));
    tokensOf(id).forEach(this::remove);
    endSessions(id, null);
    endSecrets(id);
  }

  List<TokenRow> tokensOf(UUID userId) {
    return tokens.values().stream().filter(row -> row.token().userId().equals(userId)).toList();
  }

  void add(AccessToken token, String hash) {
    TokenRow row = new TokenRow(token, hash, nextNumber++);
    tokens.put(token.id(), row);
    tokensInOrder.put(row.number(), token.id());
  }

  void replace(TokenRow row, AccessToken changed) {
    tokens.put(changed.id(), new TokenRow(changed, row.hash(), row.number()));
  }

  void remove(TokenRow row) {
    tokens.remove(row.token().id());
    tokensInOrder.remove(row.number());
  }

  void revokeTokens(UUID userId, Instant when) {
    tokensOf(userId).stream()
        .filter(row -> row.token().revokedAt() == null)
        .forEach(row -> replace(row, row.token().revoked(when)));
  }

  private void forgetLogins(@Nullable StoredUser row) {
    if (row != null) {
      logins.remove(row.user().username().key().value());
      if (row.user().email() != null) {
        logins.remove(row.user().email().key().value());
      }
    }
  }

  /** Whether an active administrator remains if the user of that id is none any more. */
  boolean hasAdministratorBeside(UUID id, Role administrator) {
    return users.values().stream()
        .filter(StoredUser::canSignIn)
        .map(StoredUser::user)
        .anyMatch(u -> u.role().equals(administrator) && !u.id().equals(id));
  }

  int endSessions(UUID userId, @Nullable SessionId except) {
    return endSessions(s -> s.userId().equals(userId) && !s.id().equals(except)).size();
  }

  /** Ends the sessions that are like this; those that ended. */
  List<Session> endSessions(Predicate<Session> which) {
    List<Session> ending = sessions.values().stream().filter(which).toList();
    ending.forEach(session -> endSession(session.id()));
    return ending;
  }

  List<SessionId> endOldestSessions(UUID userId, int keep) {
    List<SessionId> ending =
        sessions.values().stream()
            .filter(s -> s.userId().equals(userId))
            .sorted(Comparator.comparing(Session::createdAt).reversed())
            .skip(keep)
            .map(Session::id)
            .toList();
    ending.forEach(this::endSession);
    return ending;
  }

  boolean endSession(SessionId id) {
    secrets.values().removeIf(s -> Objects.equals(s.sessionId(), id.value()));
    return sessions.remove(id) != null;
  }

  void endSecrets(UUID userId) {
    secrets.values().removeIf(s -> Objects.equals(s.userId(), userId));
  }
}

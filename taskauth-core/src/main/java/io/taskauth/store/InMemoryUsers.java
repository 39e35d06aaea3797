package io.taskauth.store;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.PasswordHash;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

final class InMemoryUsers implements UserStore {
  private final InMemoryTables tables;
  private final LocalChangeFeed feed;

  InMemoryUsers(InMemoryTables tables, LocalChangeFeed feed) {
    this.tables = tables;
    this.feed = feed;
  }

  @Override
  public boolean anyUser() {
    return tables.atomically(() -> !tables.users.isEmpty());
  }

  @Override
  public boolean createFirst(NewUser user) {
    return tables.atomically(() -> tables.users.isEmpty() && insert(user) == Creation.CREATED);
  }

  @Override
  public Creation create(NewUser user) {
    return tables.atomically(() -> insert(user));
  }

  private Creation insert(NewUser fresh) {
    User user = fresh.user();
    if (tables.isTaken(user.username().key(), user.id())) {
      return Creation.NAME_TAKEN;
    }
    if (user.email() != null && tables.isTaken(user.email().key(), user.id())) {
      return Creation.EMAIL_TAKEN;
    }
    Identity identity = fresh.identity();
    if (identity != null && tables.identities.containsKey(identity)) {
      return Creation.IDENTITY_TAKEN;
    }
    if (identity != null) {
      tables.identities.put(identity, new LinkedIdentity(identity, user.id(), user.createdAt()));
    }
    tables.put(new StoredUser(user, fresh.passwordHash(), 0));
    return Creation.CREATED;
  }

  @Override
  public Optional<User> find(UUID id) {
    return tables.atomically(() -> Optional.ofNullable(tables.users.get(id)).map(StoredUser::user));
  }

  @Override
  public Optional<StoredUser> findByLogin(LoginKey login) {
    return tables.atomically(
        () -> Optional.ofNullable(tables.logins.get(login.value())).map(tables.users::get));
  }

  @Override
  public ChangeOutcome change(UUID id, UserChange change, Role administrator) {
    ChangeOutcome outcome = tables.atomically(() -> apply(id, change, administrator));
    if (outcome instanceof ChangeOutcome.Changed) {
      feed.publish(new Change.OfUser(id));
    }
    return outcome;
  }

  private ChangeOutcome apply(UUID id, UserChange change, Role administrator) {
    StoredUser row = tables.users.get(id);
    if (row == null) {
      return new ChangeOutcome.NotFound();
    }
    User before = row.user();
    User after = change.applyTo(before);
    if (isAdministrator(before, administrator)
        && !isAdministrator(after, administrator)
        && !tables.hasAdministratorBeside(id, administrator)) {
      return new ChangeOutcome.LastAdministrator();
    }
    if (after.email() != null && tables.isTaken(after.email().key(), id)) {
      return new ChangeOutcome.EmailTaken();
    }
    boolean closes = before.active() && !after.active();
    tables.put(new StoredUser(after, row.passwordHash(), row.credentialEpoch() + (closes ? 1 : 0)));
    if (closes) {
      tables.endSessions(id, null);
      tables.endSecrets(id);
      tables.revokeTokens(id, closedAt(after));
    }
    return new ChangeOutcome.Changed(after);
  }

  private static Instant closedAt(User user) {
    return Objects.requireNonNull(user.deactivatedAt());
  }

  @Override
  public Page<User> newest(PageRequest page) {
    long before = page.before();
    return tables.atomically(
        () ->
            Pages.of(
                tables.usersInOrder.headMap(before, false).descendingMap().entrySet().stream(),
                page.limit(),
                entry -> user(entry.getValue()),
                entry -> entry.getKey().toString()));
  }

  @Override
  public Page<User> startingWith(LoginKey prefix, PageRequest page) {
    String cursor = page.cursor();
    boolean begins = cursor == null || cursor.compareTo(prefix.value()) < 0;
    String after = begins ? prefix.value() : cursor;
    return tables.atomically(
        () ->
            Pages.of(
                tables.logins.tailMap(after, begins).entrySet().stream()
                    .takeWhile(entry -> entry.getKey().startsWith(prefix.value()))
                    .filter(entry -> isWhatListsIt(entry, prefix)),
                page.limit(),
                entry -> user(entry.getValue()),
                Map.Entry::getKey));
  }

  /** Whoever is found by both name and e-mail is listed by the name. */
  private boolean isWhatListsIt(Map.Entry<String, UUID> login, LoginKey prefix) {
    String name = user(login.getValue()).username().key().value();
    return name.equals(login.getKey()) || !name.startsWith(prefix.value());
  }

  private User user(UUID id) {
    return Objects.requireNonNull(tables.users.get(id)).user();
  }

  private static boolean isAdministrator(User user, Role administrator) {
    return user.active() && user.role().equals(administrator);
  }

  @Override
  public Deletion delete(UUID id, Role administrator) {
    Deletion outcome =
        tables.atomically(
            () -> {
              StoredUser row = tables.users.get(id);
              if (row == null) {
                return Deletion.NOT_FOUND;
              }
              boolean last =
                  isAdministrator(row.user(), administrator)
                      && !tables.hasAdministratorBeside(id, administrator);
              if (last || tables.users.size() == 1) {
                return Deletion.LAST_ADMINISTRATOR;
              }
              tables.remove(id);
              return Deletion.DELETED;
            });
    if (outcome == Deletion.DELETED) {
      feed.publish(new Change.OfUser(id));
    }
    return outcome;
  }

  @Override
  public boolean rehash(UUID id, PasswordHash seen, PasswordHash next) {
    return tables.atomically(
        () -> {
          StoredUser row = tables.users.get(id);
          if (row == null || !seen.equals(row.passwordHash())) {
            return false;
          }
          tables.put(new StoredUser(row.user(), next, row.credentialEpoch()));
          return true;
        });
  }
}

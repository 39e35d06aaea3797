package io.taskauth.store.jdbi;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.PasswordHash;
import io.taskauth.store.Change;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

final class SqlUsers implements UserStore {
  private final Database database;

  SqlUsers(Database database) {
    this.database = database;
  }

  @Override
  public boolean anyUser() {
    return database.read(SqlUsers::anyUser);
  }

  private static boolean anyUser(Handle handle) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM taskauth_user)")
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public boolean createFirst(NewUser user) {
    return database.write(
        step -> {
          database.lockAdministrators(step.handle());
          return !anyUser(step.handle()) && insert(step.handle(), user) == Creation.CREATED;
        });
  }

  @Override
  public Creation create(NewUser user) {
    return database.write(step -> insert(step.handle(), user));
  }

  private static Creation insert(Handle handle, NewUser fresh) {
    User user = fresh.user();
    if (LoginNames.isTaken(handle, user.username().key(), user.id())) {
      return Creation.NAME_TAKEN;
    }
    if (LoginNames.isEmailTaken(handle, user)) {
      return Creation.EMAIL_TAKEN;
    }
    Identity identity = fresh.identity();
    if (identity != null && IdentityRows.isTaken(handle, identity)) {
      return Creation.IDENTITY_TAKEN;
    }
    // Whoever takes a key between the look and this makes the step begin again, and look again.
    LoginNames.insert(handle, user);
    UserRows.insert(handle, fresh);
    if (identity != null) {
      IdentityRows.insert(handle, new LinkedIdentity(identity, user.id(), user.createdAt()));
    }
    return Creation.CREATED;
  }

  @Override
  public Optional<User> find(UUID id) {
    return database.read(handle -> UserRows.find(handle, id));
  }

  @Override
  public Optional<StoredUser> findByLogin(LoginKey login) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + UserRows.STORED
                        + " FROM taskauth_login_name n JOIN taskauth_user u ON u.id = n.user_id"
                        + " WHERE n.name_key = :key")
                .bind("key", login.value())
                .map((row, context) -> UserRows.stored(row))
                .findOne());
  }

  @Override
  public Page<User> newest(PageRequest page) {
    return database.read(handle -> UserLists.newest(handle, page));
  }

  @Override
  public Page<User> startingWith(LoginKey prefix, PageRequest page) {
    return database.read(handle -> UserLists.startingWith(handle, prefix, page));
  }

  @Override
  public ChangeOutcome change(UUID id, UserChange change, Role administrator) {
    return database.write(
        step -> {
          database.lockAdministrators(step.handle());
          return UserRows.find(step.handle(), id)
              .map(before -> apply(step, before, change, administrator))
              .orElseGet(ChangeOutcome.NotFound::new);
        });
  }

  private static ChangeOutcome apply(
      Transaction step, User before, UserChange change, Role administrator) {
    Handle handle = step.handle();
    User after = change.applyTo(before);
    if (isAdministrator(before, administrator)
        && !isAdministrator(after, administrator)
        && !hasAdministratorBeside(handle, before.id(), administrator)) {
      return new ChangeOutcome.LastAdministrator();
    }
    if (LoginNames.isEmailTaken(handle, after)) {
      return new ChangeOutcome.EmailTaken();
    }
    boolean closes = before.active() && !after.active();
    UserRows.update(handle, after, closes);
    LoginNames.replace(handle, before, after);
    if (closes) {
      EndedRows.ofClosed(handle, after);
    }
    step.changed(new Change.OfUser(after.id()));
    return new ChangeOutcome.Changed(after);
  }

  private static boolean isAdministrator(User user, Role administrator) {
    return user.active() && user.role().equals(administrator);
  }

  private static boolean hasAdministratorBeside(Handle handle, UUID id, Role administrator) {
    return handle
        .createQuery(
            """
            SELECT EXISTS
              (SELECT 1 FROM taskauth_user
               WHERE active AND role = :administrator AND id <> :id
                 AND (password_hash IS NOT NULL OR origin <> 'password'))
            """)
        .bind("administrator", administrator.name())
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public Deletion delete(UUID id, Role administrator) {
    return database.write(
        step -> {
          database.lockAdministrators(step.handle());
          return UserRows.find(step.handle(), id)
              .map(user -> delete(step, user, administrator))
              .orElse(Deletion.NOT_FOUND);
        });
  }

  private static Deletion delete(Transaction step, User user, Role administrator) {
    Handle handle = step.handle();
    boolean lastAdministrator =
        isAdministrator(user, administrator)
            && !hasAdministratorBeside(handle, user.id(), administrator);
    if (lastAdministrator || isOnlyUser(handle, user.id())) {
      return Deletion.LAST_ADMINISTRATOR;
    }
    // The account first: a sign-in under way holds its row, and what it adds is then seen below.
    handle.createUpdate("DELETE FROM taskauth_user WHERE id = :id").bind("id", user.id()).execute();
    LoginNames.deleteAll(handle, user);
    EndedRows.ofDeleted(handle, user.id());
    step.changed(new Change.OfUser(user.id()));
    return Deletion.DELETED;
  }

  private static boolean isOnlyUser(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT NOT EXISTS (SELECT 1 FROM taskauth_user WHERE id <> :id)")
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public boolean rehash(UUID id, PasswordHash seen, PasswordHash next) {
    return database.write(
        step ->
            step.handle()
                    .createUpdate(
                        "UPDATE taskauth_user SET password_hash = :next"
                            + ByKey.where("id = :id", "password_hash = :seen"))
                    .bind("id", id)
                    .bind("seen", seen.encoded())
                    .bind("next", next.encoded())
                    .execute()
                == 1);
  }
}

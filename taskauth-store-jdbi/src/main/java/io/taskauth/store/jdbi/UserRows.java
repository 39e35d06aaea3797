package io.taskauth.store.jdbi;

import static io.taskauth.store.jdbi.Columns.instant;
import static io.taskauth.store.jdbi.Columns.instantOrNull;
import static io.taskauth.store.jdbi.Columns.millis;
import static io.taskauth.store.jdbi.Columns.uuid;
import static io.taskauth.store.jdbi.Columns.uuidOrNull;

import io.taskauth.password.PasswordHash;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code taskauth_user}, {@code u} in queries. */
final class UserRows {
  /** What makes a {@link User}. */
  static final String USER =
      "u.id, u.username, u.email, u.display_name, u.role, u.active, u.created_at, u.last_login_at,"
          + " u.deactivated_at, u.deactivated_by, u.origin";

  /** What makes a {@link StoredUser}. */
  static final String STORED = USER + ", u.password_hash, u.credential_epoch";

  private UserRows() {}

  static User user(ResultSet row) throws SQLException {
    String email = row.getString("email");
    return new User(
        uuid(row, "id"),
        new Username(row.getString("username")),
        email == null ? null : new EmailAddress(email),
        row.getString("display_name"),
        new Role(row.getString("role")),
        row.getBoolean("active"),
        instant(row, "created_at"),
        instantOrNull(row, "last_login_at"),
        instantOrNull(row, "deactivated_at"),
        uuidOrNull(row, "deactivated_by"),
        new Origin(row.getString("origin")));
  }

  static StoredUser stored(ResultSet row) throws SQLException {
    String hash = row.getString("password_hash");
    return new StoredUser(
        user(row), hash == null ? null : new PasswordHash(hash), row.getLong("credential_epoch"));
  }

  static Optional<User> find(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT " + USER + " FROM taskauth_user u WHERE u.id = :id")
        .bind("id", id)
        .map((row, context) -> user(row))
        .findOne();
  }

  /** Those of the accounts that are there. */
  static Map<UUID, User> findAll(Handle handle, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return handle
        .createQuery("SELECT " + USER + " FROM taskauth_user u WHERE u.id IN (<ids>)")
        .bindList("ids", Set.copyOf(ids))
        .map((row, context) -> user(row))
        .collect(Collectors.toMap(User::id, user -> user));
  }

  static void insert(Handle handle, NewUser fresh) {
    User user = fresh.user();
    PasswordHash hash = fresh.passwordHash();
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_user (id, number, username, email, display_name, role, active,
              created_at, last_login_at, deactivated_at, deactivated_by, origin, password_hash,
              credential_epoch)
            VALUES (:id, nextval('taskauth_user_number'), :username, :email, :displayName, :role,
              :active, :createdAt, :lastLoginAt, :deactivatedAt, :deactivatedBy, :origin, :hash, 0)
            """)
        .bind("id", user.id())
        .bind("username", user.username().value())
        .bind("email", email(user))
        .bind("displayName", user.displayName())
        .bind("role", user.role().name())
        .bind("active", user.active())
        .bind("createdAt", user.createdAt().toEpochMilli())
        .bind("lastLoginAt", millis(user.lastLoginAt()))
        .bind("deactivatedAt", millis(user.deactivatedAt()))
        .bind("deactivatedBy", user.deactivatedBy())
        .bind("origin", user.origin().value())
        .bind("hash", hash == null ? null : hash.encoded())
        .execute();
  }

  /** Writes what a change may change; the time of the last sign-in is not part of it. */
  static void update(Handle handle, User user, boolean closes) {
    handle
        .createUpdate(
            """
            UPDATE taskauth_user SET email = :email, display_name = :displayName, role = :role,
              active = :active, deactivated_at = :deactivatedAt, deactivated_by = :deactivatedBy,
              credential_epoch = credential_epoch + :epochs
            WHERE id = :id
            """)
        .bind("id", user.id())
        .bind("email", email(user))
        .bind("displayName", user.displayName())
        .bind("role", user.role().name())
        .bind("active", user.active())
        .bind("deactivatedAt", millis(user.deactivatedAt()))
        .bind("deactivatedBy", user.deactivatedBy())
        .bind("epochs", closes ? 1 : 0)
        .execute();
  }

  /** From here on no sign-in that began before ends in a session. */
  static void raiseEpoch(Handle handle, UUID id) {
    handle
        .createUpdate(
            "UPDATE taskauth_user SET credential_epoch = credential_epoch + 1 WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  private static @Nullable String email(User user) {
    EmailAddress email = user.email();
    return email == null ? null : email.value();
  }
}

package io.taskauth.store.jdbi;

import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Rows of {@code taskauth_login_name}: one space of keys for user names and e-mail addresses, so
 * that one primary key keeps them apart, whatever two writers do at once.
 */
final class LoginNames {
  private LoginNames() {}

  /**
   * One key or two: a user name may be the same user's e-mail address. Always in the same order:
   * two who want each other's letters must not wait for each other.
   */
  private static Set<LoginKey> of(User user) {
    Set<LoginKey> keys = new TreeSet<>(Comparator.comparing(LoginKey::value));
    keys.add(user.username().key());
    EmailAddress email = user.email();
    if (email != null) {
      keys.add(email.key());
    }
    return keys;
  }

  /** Whether somebody but the user of that id has the key. */
  static boolean isTaken(Handle handle, LoginKey key, UUID byOther) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM taskauth_login_name"
                + ByKey.where("name_key = :key", "user_id <> :user")
                + ")")
        .bind("key", key.value())
        .bind("user", byOther)
        .mapTo(Boolean.class)
        .one();
  }

  static boolean isEmailTaken(Handle handle, User user) {
    EmailAddress email = user.email();
    return email != null && isTaken(handle, email.key(), user.id());
  }

  static void insert(Handle handle, User user) {
    of(user).forEach(key -> insert(handle, key, user));
  }

  static void replace(Handle handle, User before, User after) {
    Set<LoginKey> old = of(before);
    Set<LoginKey> next = of(after);
    old.stream().filter(key -> !next.contains(key)).forEach(key -> delete(handle, key));
    next.stream().filter(key -> !old.contains(key)).forEach(key -> insert(handle, key, after));
  }

  static void deleteAll(Handle handle, User user) {
    of(user).forEach(key -> delete(handle, key));
  }

  private static void insert(Handle handle, LoginKey key, User user) {
    LoginKey name = user.username().key();
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_login_name (name_key, user_id, username_key)
            VALUES (:key, :user, :name)
            """)
        .bind("key", key.value())
        .bind("user", user.id())
        .bind("name", key.equals(name) ? null : name.value())
        .execute();
  }

  private static void delete(Handle handle, LoginKey key) {
    handle
        .createUpdate("DELETE FROM taskauth_login_name WHERE name_key = :key")
        .bind("key", key.value())
        .execute();
  }
}

package io.taskauth.store.jdbi;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.jdbi.NewestFirst.Numbered;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Accounts a page at a time. */
final class UserLists {
  /** U+10FFFF, after which no character comes, as often as it fits into an e-mail address. */
  private static final String LAST = "\uDBFF\uDFFF".repeat(254);

  private record Found(String key, UUID userId) {}

  private UserLists() {}

  static Page<User> newest(Handle handle, PageRequest page) {
    return NewestFirst.page(handle, "taskauth_user", page, UserLists::window);
  }

  private static List<Numbered<User>> window(Handle handle, long from, long before, int atMost) {
    return handle
        .createQuery(
            "SELECT u.number, "
                + UserRows.USER
                + " FROM taskauth_user u WHERE u.number >= :from AND u.number < :before"
                + " ORDER BY u.number DESC LIMIT :atMost")
        .bind("from", from)
        .bind("before", before)
        .bind("atMost", atMost)
        .map((row, context) -> new Numbered<>(row.getLong("number"), UserRows.user(row)))
        .list();
  }

  /** The cursor is the key by which the last account of the page before was found. */
  static Page<User> startingWith(Handle handle, LoginKey prefix, PageRequest page) {
    // No key is the empty text.
    String after = page.cursor() == null ? "" : page.cursor();
    List<Found> found = find(handle, prefix, after, page.limit() + 1);
    boolean more = found.size() > page.limit();
    List<Found> listed = found.stream().limit(page.limit()).toList();
    Map<UUID, User> users = UserRows.findAll(handle, listed.stream().map(Found::userId).toList());
    return new Page<>(
        listed.stream().flatMap(f -> Optional.ofNullable(users.get(f.userId())).stream()).toList(),
        more ? listed.get(listed.size() - 1).key() : null);
  }

  /**
   * Not LIKE, in which letters of the prefix would mean something else. Keys are compared byte by
   * byte, so that what begins alike stands together and a page begins where the one before ended:
   * PostgreSQL needs the column in COLLATE "C" for that. The bounds say to an index what
   * starts_with says to a reader.
   */
  private static List<Found> find(Handle handle, LoginKey prefix, String after, int atMost) {
    return handle
        .createQuery(
            """
            SELECT name_key, user_id FROM taskauth_login_name
            WHERE starts_with(name_key, :prefix) AND name_key > :after
              AND name_key BETWEEN :prefix AND :last
              AND (username_key IS NULL OR NOT starts_with(username_key, :prefix))
            ORDER BY name_key LIMIT :atMost
            """)
        .bind("prefix", prefix.value())
        .bind("last", prefix.value() + LAST)
        .bind("after", after)
        .bind("atMost", atMost)
        .map((row, context) -> new Found(row.getString("name_key"), Columns.uuid(row, "user_id")))
        .list();
  }
}

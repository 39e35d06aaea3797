package io.taskauth.store.jdbi;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads a page of a list with the newest first, in windows of the numbers that its rows have. A
 * page costs the same however many rows there are: DuckDB reads all of a table for its newest fifty
 * rows, whatever the index, but not for those between two numbers. Numbers that are missing,
 * because their rows were removed or are not wanted, make the next window wider.
 */
final class NewestFirst {
  private static final int WIDEN = 4;

  /** An item of the list and its number, which is the cursor of what comes after it. */
  record Numbered<T>(long number, T item) {}

  /** What reads a window. */
  interface Window<T> {
    /** The rows from one number up to before another, newest first, so many at most. */
    List<Numbered<T>> read(Handle handle, long from, long before, int atMost);
  }

  private record Bounds(long oldest, long newest) {}

  private NewestFirst() {}

  /**
   * @param table has a column {@code number}
   * @throws io.taskauth.page.BadCursorException where the cursor is not from such a list
   */
  static <T> Page<T> page(Handle handle, String table, PageRequest page, Window<T> window) {
    long cursor = page.before();
    int wanted = page.limit() + 1;
    Bounds bounds = bounds(handle, table);
    List<Numbered<T>> rows = new ArrayList<>();
    long before = Math.min(cursor, bounds.newest() + 1);
    long width = 2L * wanted;
    while (rows.size() < wanted && before > bounds.oldest()) {
      long from = Math.max(bounds.oldest(), before - width);
      rows.addAll(window.read(handle, from, before, wanted - rows.size()));
      before = from;
      width *= WIDEN;
    }
    return cut(rows, page.limit());
  }

  private static Bounds bounds(Handle handle, String table) {
    return handle
        .createQuery(
            "SELECT coalesce(min(number), 0) AS oldest, coalesce(max(number), 0) AS newest FROM "
                + table)
        .map((row, context) -> new Bounds(row.getLong("oldest"), row.getLong("newest")))
        .one();
  }

  /** One row more than the page has says that there is a next page. */
  private static <T> Page<T> cut(List<Numbered<T>> rows, int limit) {
    boolean more = rows.size() > limit;
    return new Page<>(
        rows.stream().limit(limit).<T>map(Numbered::item).toList(),
        more ? String.valueOf(rows.get(limit - 1).number()) : null);
  }
}

package io.taskauth.store.redis;

import io.taskauth.page.Page;
import java.util.List;
import java.util.function.Function;

/** Cuts a page out of entries that are one more than it, where there are more. */
final class Pages {
  private Pages() {}

  /**
   * @param entries in order, {@code limit + 1} at most
   * @param items what the entries of the page are, those that are gone left out
   */
  static <E, T> Page<T> of(
      List<E> entries, int limit, Function<List<E>, List<T>> items, Function<E, String> cursor) {
    boolean more = entries.size() > limit;
    List<E> page = more ? entries.subList(0, limit) : entries;
    return new Page<>(items.apply(page), more ? cursor.apply(page.get(limit - 1)) : null);
  }
}

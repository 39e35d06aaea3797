package io.taskauth.store;

import io.taskauth.page.Page;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Cuts a page out of entries that are in order. */
final class Pages {
  private Pages() {}

  /**
   * @param cursor what the next page begins after, if the entry is the last of this one
   */
  static <E, T> Page<T> of(
      Stream<E> entries, int limit, Function<E, T> item, Function<E, String> cursor) {
    List<E> taken = entries.limit(limit + 1L).toList();
    boolean more = taken.size() > limit;
    List<T> items = taken.stream().limit(limit).map(item).toList();
    return new Page<>(items, more ? cursor.apply(taken.get(limit - 1)) : null);
  }
}

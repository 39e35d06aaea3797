package io.taskauth.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. Immutable.
 *
 * @param items in the order of the list; may be empty although there is a next page
 * @param nextCursor where the next page begins, or null where this was the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /** Where the next page begins; empty where this was the last. */
  public Optional<String> next() {
    return Optional.ofNullable(nextCursor);
  }

  /** The same page with each item as something else. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), nextCursor);
  }
}

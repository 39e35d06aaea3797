package io.taskauth.page;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit how many items at most, 1 to {@value #MAX_LIMIT}
 * @param cursor the {@link Page#nextCursor} of the page before, null for the first page. Only the
 *     store that made it can read it; it does not outlast the kind of list that it was made for
 */
public record PageRequest(int limit, @Nullable String cursor) {
  public static final int MAX_LIMIT = 200;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " items, not " + limit);
    }
  }

  /** The first page. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }

  /**
   * The cursor as the whole number that it is in lists with the newest first; {@link
   * Long#MAX_VALUE} for the first page.
   *
   * @throws BadCursorException where it is something else
   */
  public long before() {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new BadCursorException();
    }
  }
}

package io.taskauth.server.webhook;

import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on.
 *
 * @param newer null on the first page
 * @param older null on the last one
 */
public record Paging(@Nullable String newer, @Nullable String older) {
  /**
   * @param address to which the offset is added
   */
  static Paging of(String address, int offset, int limit, long total) {
    return new Paging(
        offset == 0 ? null : address + Math.max(0, offset - limit),
        (long) offset + limit < total ? address + (offset + limit) : null);
  }

  /** What is no number, or too much of one, is the beginning. */
  static int offset(String text) {
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }
}

package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks through lists page by page. */
final class Paging {
  /** What no list gives as a cursor and what is no number either. */
  static final List<String> BAD_CURSORS =
      List.of("", " ", "x", "1x", "1.5", "-", "9223372036854775808", "' OR 1=1 --");

  private Paging() {}

  /** All items, in pages of so many. */
  static <T> List<T> walk(Function<PageRequest, Page<T>> list, int limit) {
    return walk(list, limit, () -> {});
  }

  /** The same, with something that happens after each page. */
  static <T> List<T> walk(Function<PageRequest, Page<T>> list, int limit, Runnable between) {
    List<T> all = new ArrayList<>();
    Page<T> page = list.apply(PageRequest.first(limit));
    while (true) {
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.items());
      between.run();
      if (page.next().isEmpty()) {
        return all;
      }
      page = list.apply(new PageRequest(limit, page.next().get()));
    }
  }
}

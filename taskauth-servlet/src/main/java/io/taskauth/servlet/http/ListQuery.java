package io.taskauth.servlet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Text;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What the query of a list asks for: a page of it, and what to search for. */
public final class ListQuery {
  private ListQuery() {}

  /**
   * What a list is searched for; an empty text where nothing was typed.
   *
   * @throws Problem with 400 where it is too long, or holds what no store could look for
   */
  public static String search(Exchange exchange, String name, int maxLength) {
    return FieldRules.checked(name, exchange.parameter(name).orElse("").strip(), maxLength);
  }

  /**
   * A page of a list, as {@code limit} and {@code cursor} of the query say.
   *
   * @throws Problem with 400 where one of them makes no sense
   */
  public static PageRequest page(Exchange exchange, int standardLimit) {
    int limit = exchange.parameter("limit").map(ListQuery::limit).orElse(standardLimit);
    return new PageRequest(limit, exchange.parameter("cursor").map(ListQuery::cursor).orElse(null));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= PageRequest.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw Problem.field("limit", "must be a number from 1 to " + PageRequest.MAX_LIMIT + ".");
  }

  private static String cursor(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
    return PercentEncoding.utf8(bytes).filter(Text::isClean).orElseThrow(ListQuery::badCursor);
  }

  /** A store's cursor as it stands in answers and links: opaque, and safe in a URL. */
  public static @Nullable String cursorText(Page<?> page) {
    return page.next()
        .map(c -> Base64.getUrlEncoder().withoutPadding().encodeToString(c.getBytes(UTF_8)))
        .orElse(null);
  }

  /** What a cursor is answered that no page of the list has given. */
  public static Problem badCursor() {
    return Problem.field("cursor", "is none that this list has given. Begin without one.");
  }
}

package io.taskauth.server.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs to know.
 *
 * @param path of the page, so that the navigation can mark it
 * @param csrf the token that its forms carry
 * @param user how to call who is signed in; null where authentication is turned off, and for
 *     strangers
 * @param known whether it is somebody; strangers see what is for everybody
 * @param administrator whether the navigation shows the pages for administrators
 */
public record Frame(
    String title,
    String path,
    List<String> stylesheets,
    List<String> scripts,
    String csrf,
    @Nullable String user,
    boolean known,
    boolean administrator) {

  /** What {@code aria-current} says of a link to this section: null where the page is elsewhere. */
  public @Nullable String current(String section) {
    return path.equals(section) || path.startsWith(section + "/") ? "page" : null;
  }
}

package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Branding;
import io.taskauth.servlet.http.HostLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs to know.
 *
 * @param path of this page below {@code base}, so that the navigation can mark it
 * @param base the path that the library is mounted at, empty for the root
 * @param csrf the token that forms of this page carry
 * @param user how to call who is signed in, or null
 * @param links the host's pages in the navigation
 * @param administrator whether the pages for administrators are shown in the navigation
 * @param onward the address that the page goes on to by itself, or null
 */
public record PageFrame(
    String title,
    String path,
    Branding branding,
    List<String> stylesheets,
    String script,
    String base,
    String csrf,
    @Nullable String user,
    List<HostLink> links,
    boolean administrator,
    @Nullable String onward) {

  /** The same for a page that goes on to another address. */
  PageFrame leadingTo(String address) {
    return new PageFrame(
        title,
        path,
        branding,
        stylesheets,
        script,
        base,
        csrf,
        user,
        links,
        administrator,
        address);
  }

  /** Whether the page is this one or below it. */
  public boolean isAt(String page) {
    return path.equals(page) || path.startsWith(page + "/");
  }
}

package io.taskauth.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser may be sent after it signed in: a path of this site and nothing else (OWASP
 * Unvalidated Redirects and Forwards Cheat Sheet). What browsers read in more than one way is no
 * path of this site: {@code //evil}, {@code /\evil}, {@code /<TAB>/evil}.
 */
public final class SafeRedirect {
  private static final int MAX_LENGTH = 2048;
  // Visible ASCII, but for the backslash (browsers take it for a slash) and what URLs never hold.
  private static final Pattern PATH = Pattern.compile("/[!-~&&[^\\\\\"<>^`{|}#]]{0,2047}");

  // Encoded backslashes and control characters, and dot segments in any spelling.
  private static final Pattern AMBIGUOUS =
      Pattern.compile("%5c|%[01][0-9a-f]|%7f|/(?:\\.|%2e){1,2}(?:[/;]|$)");

  private SafeRedirect() {}

  /** The same text where it is a path (and query) of this site; empty for all else. */
  public static Optional<String> path(@Nullable String next) {
    if (next == null || next.length() > MAX_LENGTH || !PATH.matcher(next).matches()) {
      return Optional.empty();
    }
    int query = next.indexOf('?');
    String path = (query < 0 ? next : next.substring(0, query)).toLowerCase(Locale.ROOT);
    boolean ambiguous =
        path.contains("//") || path.startsWith("/%2f") || AMBIGUOUS.matcher(path).find();
    return ambiguous ? Optional.empty() : Optional.of(next);
  }
}

package io.taskauth.servlet.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param knownScopes what this application's token routes take
 * @param lives how long a new account may last, by what the form says for it
 * @param newToken a token that was just made, to be shown this once, or null
 * @param newTokenOf whose it is; empty where there is none
 * @param error what was wrong, or null
 * @param creating whether it was wrong with the form for a new account
 */
public record ServicesView(
    List<ServiceRow> services,
    NewServiceForm typed,
    List<String> knownScopes,
    List<Choice> lives,
    List<Choice> overlaps,
    @Nullable String newToken,
    String newTokenOf,
    @Nullable String notice,
    @Nullable String error,
    boolean creating) {

  /**
   * One line of a list to choose from.
   *
   * @param value what the form sends
   * @param text what people read
   */
  public record Choice(String value, String text) {}
}

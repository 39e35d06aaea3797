package io.taskauth.servlet.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the account page shows.
 *
 * @param ownPassword whether the password is kept here and can be changed here
 * @param keepsTokens whether there can be tokens
 * @param scopes what a new token can be limited to
 * @param notice what has just been done, or null
 * @param error what was wrong, or null; and {@code errorAt} in which form
 * @param tokenName what was typed as a new token's name
 * @param newToken the token that was just made, shown this once, or null
 */
public record AccountView(
    String username,
    String role,
    @Nullable String email,
    boolean ownPassword,
    List<SessionRow> sessions,
    boolean keepsTokens,
    List<TokenRow> tokens,
    List<String> scopes,
    @Nullable String notice,
    @Nullable String error,
    String errorAt,
    String tokenName,
    @Nullable String newToken) {

  /** The error of one form. */
  public @Nullable String errorIn(String form) {
    return errorAt.equals(form) ? error : null;
  }
}

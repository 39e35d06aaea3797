package io.taskauth.service;

import io.taskauth.access.Scopes;
import io.taskauth.internal.Text;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A machine that somebody vouches for. Immutable.
 *
 * @param principal what it is called, such as {@code deploy} or {@code
 *     system:serviceaccount:prod:scraper}: 1 to 128 characters, none of them a control character
 * @param provider who vouches for it: 1 to 32 characters a-z, 0-9, {@code _} or {@code -}. Names
 *     that begin with {@code taskauth-}, and {@code server-internal}, are the library's own.
 * @param scopes what it may do; without any, what takes no scope
 * @param expiresAt from this instant on it is nobody, and its streams end; null where no end is
 *     known
 */
public record TokenPrincipal(
    String principal, String provider, Set<String> scopes, @Nullable Instant expiresAt) {
  /** Who vouches for the children of this process. */
  public static final String SERVER_INTERNAL = "server-internal";

  private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /**
   * @throws IllegalArgumentException where a name breaks its rule
   */
  public TokenPrincipal {
    if (principal.isBlank() || principal.length() > 128 || !Text.isClean(principal)) {
      throw new IllegalArgumentException(
          "the name of a machine must be 1 to 128 characters without control characters");
    }
    if (!PROVIDER.matcher(provider).matches()) {
      throw new IllegalArgumentException(
          "the name of a provider must be 1 to 32 characters a-z, 0-9, _ or -, beginning with a"
              + " letter");
    }
    scopes = Set.copyOf(Scopes.exactly(scopes).names());
  }

  /** The same without a known end. */
  public TokenPrincipal(String principal, String provider, Set<String> scopes) {
    this(principal, provider, scopes, null);
  }

  /** Whether nobody but the library may answer with this provider's name. */
  boolean isOfLibrary() {
    return provider.equals(SERVER_INTERNAL) || provider.startsWith("taskauth-");
  }

  /** Whether the end has come. */
  public boolean isPast(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }
}

package io.taskauth.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a signed token says.
 *
 * @param subject the user's id ({@code sub})
 * @param id the token's id ({@code jti})
 * @param issuedAt to the second
 * @param expiresAt to the second, null for a token without an end
 * @param account what else is known of the account, where there is no store to ask; empty otherwise
 */
public record TokenClaims(
    TokenType type,
    String subject,
    String id,
    Instant issuedAt,
    @Nullable Instant expiresAt,
    Map<String, String> account) {
  public TokenClaims {
    account = Map.copyOf(account);
  }

  /** The user's id; empty where the subject is none. */
  public Optional<UUID> subjectId() {
    try {
      return Optional.of(UUID.fromString(subject));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

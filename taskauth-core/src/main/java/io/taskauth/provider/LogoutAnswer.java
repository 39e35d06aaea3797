package io.taskauth.provider;

import io.taskauth.session.ProviderLogout;
import java.time.Instant;

/** What a logout token is worth. */
public sealed interface LogoutAnswer {
  /**
   * @param tokenId its {@code jti}, by which the same token is known when it comes again
   * @param expiresAt from when on it would be refused anyway
   */
  record Verified(ProviderLogout logout, String tokenId, Instant expiresAt)
      implements LogoutAnswer {}

  /**
   * @param reason for the record: a word such as {@code signature}
   */
  record Refused(String reason) implements LogoutAnswer {}
}

package io.taskauth.ticket;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret that can be used once, as the store keeps it.
 *
 * @param hash SHA-256 of the secret in hexadecimal; the secret itself is never stored
 * @param purpose what it is for, such as {@code ws-ticket} or {@code oauth-state}; a secret made
 *     for one purpose cannot be taken for another
 * @param userId whose it is, or null; it ends with the account
 * @param sessionId the id of the session that it belongs to, or null; it ends with the session
 * @param payload what its maker wants back, usually JSON
 * @param expiresAt from this instant on it cannot be taken
 */
public record OneTimeSecret(
    String hash,
    String purpose,
    @Nullable UUID userId,
    @Nullable String sessionId,
    String payload,
    Instant expiresAt) {}

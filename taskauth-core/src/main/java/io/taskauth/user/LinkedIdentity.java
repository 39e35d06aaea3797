package io.taskauth.user;

import java.time.Instant;
import java.util.UUID;

/**
 * An identity and the account that it signs in to.
 *
 * @param linkedAt when an administrator linked it, or when the account was made for it
 */
public record LinkedIdentity(Identity identity, UUID userId, Instant linkedAt) {}

package io.taskauth.service;

import io.taskauth.accesstoken.TokenId;
import java.time.Instant;

/**
 * One token of a service account as the store has it, without the token itself.
 *
 * @param id the token's {@code jti}; its first 8 digits are what people know it by
 * @param hash SHA-256 of the whole token in hexadecimal
 * @param createdAt to the millisecond
 */
public record ServiceSecret(TokenId id, String hash, Instant createdAt) {}

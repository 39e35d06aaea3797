package io.taskauth.accesstoken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a token was used.
 *
 * @param ip where from, or null where that is not known
 */
public record TokenUse(Instant at, @Nullable String ip) {}

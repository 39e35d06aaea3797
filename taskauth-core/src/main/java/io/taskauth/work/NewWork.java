package io.taskauth.work;

import java.time.Instant;
import java.util.UUID;

/**
 * A piece of work that the store shall keep; see {@link WorkItem}.
 *
 * @param id one that the store knows already is not added again
 */
public record NewWork(
    UUID id,
    String pool,
    String name,
    String label,
    Instant createdAt,
    Instant dueAt,
    String input) {}

package io.taskauth.work;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work with all that belongs to it. Immutable.
 *
 * @param input what it is done with, as whoever gave it wrote it
 * @param output what came of it; null while nothing has
 */
public record Work(WorkItem item, String input, @Nullable String output) {}

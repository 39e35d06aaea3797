package io.taskauth.server.task.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run with all that belongs to it. Immutable.
 *
 * @param arguments what may be shown of what it was asked for with; null where that is nothing
 * @param result what came of it; null while nothing has
 */
public record RunDetails(Run run, @Nullable JsonNode arguments, @Nullable String result) {}

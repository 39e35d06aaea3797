package io.taskauth.server.task.middleware;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attempt at a run, as what stands around it sees it. Immutable.
 *
 * @param by the name of whoever asked for the run
 * @param number 1 for the first attempt
 * @param arguments what may be shown of them; null where there are none or nothing may
 */
public record Attempt(UUID run, String task, String by, int number, @Nullable JsonNode arguments) {
  Attempt showing(@Nullable JsonNode others) {
    return new Attempt(run, task, by, number, others);
  }
}

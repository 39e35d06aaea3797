package io.taskauth.work;

import java.time.Instant;
import java.util.Set;

/**
 * Who wants to take a piece of work, and how many may be under way with it.
 *
 * @param atOnce how many of {@code name} may run at once, this one included
 * @param together names that share a limit, {@code name} among them
 * @param togetherAtOnce how many of those may run at once, this one included
 * @param worker a name that nobody else has
 * @param until until when it is theirs, unless they say so again
 */
public record Claim(
    String pool,
    String name,
    int atOnce,
    Set<String> together,
    int togetherAtOnce,
    String worker,
    Instant now,
    Instant until) {
  public Claim {
    together = Set.copyOf(together);
  }
}

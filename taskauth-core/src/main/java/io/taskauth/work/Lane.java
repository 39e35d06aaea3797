package io.taskauth.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of one name is under way.
 *
 * @param waiting how many wait, due or not
 * @param running how many are taken, also by somebody who has not been heard of
 * @param next when something of it can be taken at the earliest, or could have been: the earliest
 *     time at which one is due, or at which a lease ends; null where neither is known
 */
public record Lane(String name, long waiting, long running, @Nullable Instant next) {}

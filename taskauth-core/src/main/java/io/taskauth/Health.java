package io.taskauth;

/**
 * How a node is, for probes and for people who look after it. Immutable.
 *
 * @param storeReachable whether the store answers; true where there is none
 * @param remembering whether verified sessions and tokens are answered from memory: false while the
 *     change feed is interrupted, when every request asks the store instead
 */
public record Health(boolean storeReachable, boolean remembering) {}

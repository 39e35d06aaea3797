/** Compares a store with few sessions and one with a million. */
@NullMarked
package io.taskauth.benchmarks.scale;

import org.jspecify.annotations.NullMarked;

/** Measures what a remembered session takes in memory. */
@NullMarked
package io.taskauth.benchmarks.heap;

import org.jspecify.annotations.NullMarked;

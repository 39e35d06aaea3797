/** Measures the pieces that a request is made of, one by one. */
@NullMarked
package io.taskauth.benchmarks.pieces;

import org.jspecify.annotations.NullMarked;

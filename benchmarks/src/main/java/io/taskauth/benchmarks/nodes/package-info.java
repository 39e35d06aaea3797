/** Measures what several nodes cost each other. */
@NullMarked
package io.taskauth.benchmarks.nodes;

import org.jspecify.annotations.NullMarked;

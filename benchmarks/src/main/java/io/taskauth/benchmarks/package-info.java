/** Measures whether stores stay quick when there is much in them. */
@NullMarked
package io.taskauth.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Writes what was measured into the docs. */
@NullMarked
package io.taskauth.benchmarks.page;

import org.jspecify.annotations.NullMarked;

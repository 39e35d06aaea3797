/** Measures what the filter costs in a whole server. */
@NullMarked
package io.taskauth.benchmarks.server;

import org.jspecify.annotations.NullMarked;

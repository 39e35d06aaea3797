/** A store in one DuckDB file, for a service that is one process. */
@NullMarked
package io.taskauth.store.duckdb;

import org.jspecify.annotations.NullMarked;

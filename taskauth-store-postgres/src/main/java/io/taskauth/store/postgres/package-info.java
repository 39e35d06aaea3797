/** A store in PostgreSQL, for as many nodes as share the database. */
@NullMarked
package io.taskauth.store.postgres;

import org.jspecify.annotations.NullMarked;

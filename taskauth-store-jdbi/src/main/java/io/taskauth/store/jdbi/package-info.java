/** The SQL that relational stores share; each store is a dialect of it. */
@NullMarked
package io.taskauth.store.jdbi;

import org.jspecify.annotations.NullMarked;

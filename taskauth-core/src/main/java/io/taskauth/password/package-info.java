/** Hashing, checking and choosing passwords. */
@NullMarked
package io.taskauth.password;

import org.jspecify.annotations.NullMarked;

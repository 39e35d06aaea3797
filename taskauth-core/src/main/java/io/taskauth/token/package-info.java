/** Signed tokens and the keys that sign them. */
@NullMarked
package io.taskauth.token;

import org.jspecify.annotations.NullMarked;

/** The front door: {@link io.taskauth.TaskAuth} and its builder. */
@NullMarked
package io.taskauth;

import org.jspecify.annotations.NullMarked;

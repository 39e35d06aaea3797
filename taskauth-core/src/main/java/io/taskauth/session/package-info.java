/** Signed-in browsers and command lines. */
@NullMarked
package io.taskauth.session;

import org.jspecify.annotations.NullMarked;

/** A small server that shows taskauth at work. */
@NullMarked
package io.taskauth.server;

import org.jspecify.annotations.NullMarked;

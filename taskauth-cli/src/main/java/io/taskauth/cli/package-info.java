/**
 * The command line of taskauth: a program, not a library; only {@link Main} is meant for others.
 */
@NullMarked
package io.taskauth.cli;

import org.jspecify.annotations.NullMarked;

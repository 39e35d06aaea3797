/**
 * The command line, handed out: a page that says how to install it, the script that does so, and
 * the jar.
 */
@NullMarked
package io.taskauth.server.install;

import org.jspecify.annotations.NullMarked;

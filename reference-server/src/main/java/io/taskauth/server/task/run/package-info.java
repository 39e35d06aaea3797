/** Running tasks: who waits, whose turn it is, what came of it, on all nodes of a store. */
@NullMarked
package io.taskauth.server.task.run;

import org.jspecify.annotations.NullMarked;

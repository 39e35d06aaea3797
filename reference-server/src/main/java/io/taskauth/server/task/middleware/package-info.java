/** What stands around every attempt at a task, and can be switched off for one of them. */
@NullMarked
package io.taskauth.server.task.middleware;

import org.jspecify.annotations.NullMarked;

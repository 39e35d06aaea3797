/** Tasks, queues, runs and their settings over HTTP. */
@NullMarked
package io.taskauth.server.task.api;

import org.jspecify.annotations.NullMarked;

/** Real work that a visitor can start: what there is, what runs, and what came of it. */
@NullMarked
package io.taskauth.server.task;

import org.jspecify.annotations.NullMarked;

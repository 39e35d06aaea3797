/** What operators have set otherwise than the tasks say: kept in the store, known on every node. */
@NullMarked
package io.taskauth.server.task.settings;

import org.jspecify.annotations.NullMarked;

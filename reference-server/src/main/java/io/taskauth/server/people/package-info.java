/** Bringing accounts from another system. */
@NullMarked
package io.taskauth.server.people;

import org.jspecify.annotations.NullMarked;

/** Everything that must last or be shared. */
@NullMarked
package io.taskauth.store;

import org.jspecify.annotations.NullMarked;

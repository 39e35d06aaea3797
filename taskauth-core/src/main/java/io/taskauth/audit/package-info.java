/** Security events and where they go. */
@NullMarked
package io.taskauth.audit;

import org.jspecify.annotations.NullMarked;

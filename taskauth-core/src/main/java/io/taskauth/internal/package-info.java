/** Small tools that the other packages share. Not for hosts: they change without notice. */
@NullMarked
package io.taskauth.internal;

import org.jspecify.annotations.NullMarked;

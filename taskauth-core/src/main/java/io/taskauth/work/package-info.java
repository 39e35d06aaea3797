/** A queue that lasts: things to be done once, whoever of several nodes does them. */
@NullMarked
package io.taskauth.work;

import org.jspecify.annotations.NullMarked;

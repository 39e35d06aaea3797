/** Long lists, read a page at a time. */
@NullMarked
package io.taskauth.page;

import org.jspecify.annotations.NullMarked;

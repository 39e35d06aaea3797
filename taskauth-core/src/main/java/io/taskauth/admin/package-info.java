/** What administrators do to accounts. */
@NullMarked
package io.taskauth.admin;

import org.jspecify.annotations.NullMarked;
